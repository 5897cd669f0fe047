import { type DetailBlock, fieldsOf } from "@area/api";
import { get } from "react-hook-form";
import { Field, Wrongness } from "../kit/Field.tsx";
import { Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import type { Form } from "./steps.ts";

/** What the kind and the product ask in more, each block as its shape says. */
export const Details = ({ form, blocks }: { form: Form; blocks: readonly DetailBlock[] }) => {
  const { screens } = useWords();
  return (
    <>
      {blocks.map((block) => {
        const { title, fields } = screens.adhesion.details[block];
        const labels = fields as Record<string, string>;
        return (
          <Sheet title={title} key={block}>
            <div className="body">
              <div className="fields">
                {fieldsOf(block).map(({ name, kind, optional }) => {
                  const path = `details.${block}.${name}` as const;
                  if (kind === "text")
                    return (
                      <Field
                        key={name}
                        form={form}
                        name={path}
                        label={labels[name] ?? name}
                        {...(optional ? { optional: screens.kit.optional } : {})}
                        maxLength={320}
                      />
                    );
                  const wrong = get(form.formState.errors, path) as { message?: string } | undefined;
                  return (
                    <div className="field w12" key={name}>
                      <label className="choice">
                        <input
                          type="checkbox"
                          aria-invalid={wrong ? true : undefined}
                          aria-describedby={wrong ? `${block}-${name}-e` : undefined}
                          {...form.register(path, wrong ? { onChange: () => void form.trigger(path) } : {})}
                        />
                        <span>{labels[name] ?? name}</span>
                      </label>
                      {wrong ? <Wrongness id={`${block}-${name}-e`} message={wrong.message ?? ""} /> : null}
                    </div>
                  );
                })}
              </div>
            </div>
          </Sheet>
        );
      })}
    </>
  );
};
