import { type InstitutionKind, institutionKinds } from "@area/api";
import { useWatch } from "react-hook-form";
import { Note, Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { blankInstitution } from "./content.ts";
import type { Form, Product } from "./steps.ts";

/** Step 1: which product, and what kind of institution; for the kinds that cannot join, why not and what they can join instead. */
export const KindStep = ({
  form,
  products,
  productId,
  onProduct,
}: {
  form: Form;
  products: Product[];
  productId: string;
  onProduct: ((productId: string) => void) | null;
}) => {
  const { screens } = useWords();
  const { kind: say, product: words } = screens.onboarding;
  const { kinds, origins, workflows, wizard } = screens.adhesion;
  const product = products.find((p) => p.id === productId);
  const kind = useWatch({ control: form.control, name: "kind" });
  const origin = useWatch({ control: form.control, name: "institution.origin" });
  const admissions = product?.admissions ?? [];
  const admitted = [...new Set(admissions.map((a) => a.kind))];
  const ways = admissions.filter((a) => a.kind === kind);
  const way = ways.find((a) => a.origin === origin) ?? ways[0];
  const parent = products.find((p) => p.id === product?.parent);
  /** Another registry holds other institutions: what was chosen there means nothing here. */
  const choose = (nextKind: string, nextOrigin: string) => {
    form.setValue("kind", nextKind);
    if (nextOrigin !== form.getValues("institution.origin")) {
      form.setValue("institution", blankInstitution(nextOrigin));
      form.setValue("geographicAreas", []);
    }
  };
  const originOf = (one: string, of: Product | undefined) =>
    of?.admissions.find((a) => a.kind === one && a.origin === origin)?.origin ??
    of?.admissions.find((a) => a.kind === one)?.origin;
  const change = (id: string) => {
    onProduct?.(id);
    const next = products.find((p) => p.id === id);
    const first = next?.admissions[0];
    const same = originOf(kind, next);
    if (same) choose(kind, same);
    else if (first) choose(first.kind, first.origin);
  };
  const others = institutionKinds.filter((one) => !admitted.includes(one));
  const openTo = (one: InstitutionKind) =>
    products.filter((p) => p.admissions.some((a) => a.kind === one)).map((p) => p.title);
  return (
    <Sheet title={say.title}>
      <div className="body">
        <div className="fields">
          {onProduct && products.length > 1 ? (
            <div className="field w12">
              <label htmlFor="product">{words.legend}</label>
              <select className="select" id="product" value={productId} onChange={(e) => change(e.target.value)}>
                {products.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.title}
                  </option>
                ))}
              </select>
              {product?.description ? <p className="hint">{product.description}</p> : null}
            </div>
          ) : (
            <p className="field w12">{words.one(product?.title ?? productId)}</p>
          )}
          <fieldset className="field w12">
            <legend>{say.legend}</legend>
            <div className="choices">
              {admitted.map((one) => (
                <label className="choice" key={one}>
                  <input
                    type="radio"
                    name="kind"
                    value={one}
                    checked={one === kind}
                    onChange={() => choose(one, originOf(one, product) ?? "IPA")}
                  />
                  <span>
                    {kinds[one].name}
                    <small>
                      {[...new Set(admissions.filter((a) => a.kind === one).map((a) => origins[a.origin].where))].join(
                        "; ",
                      )}
                    </small>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
          {ways.length > 1 ? (
            <fieldset className="field w12">
              <legend>{wizard.origin}</legend>
              <div className="choices">
                {ways.map((one) => (
                  <label className="choice" key={one.origin}>
                    <input
                      type="radio"
                      name="origin"
                      checked={one.origin === way?.origin}
                      onChange={() => choose(kind, one.origin)}
                    />
                    <span>
                      {origins[one.origin].name}
                      <small>{origins[one.origin].how}</small>
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
          ) : null}
        </div>
        {way ? (
          <Note tone="progress" icon="info" title={workflows[way.workflow].name}>
            <p>{workflows[way.workflow].how}</p>
            {product?.testTwins.length ? <p>{wizard.twins(product.twinTitles.join(", "))}</p> : null}
          </Note>
        ) : null}
        {product && parent ? (
          <Note tone="attention" icon="alert" title={wizard.parentFirst(product.title, parent.title)} />
        ) : null}
        {product?.privateBeta ? <Note tone="attention" icon="alert" title={wizard.privateBeta} /> : null}
        {others.length > 0 ? (
          <details className="below">
            <summary>{wizard.otherKinds}</summary>
            <ul className="plain-list">
              {others.map((one) => {
                const open = openTo(one);
                return (
                  <li key={one}>
                    <b>{wizard.closedFor(kinds[one].name, product?.title ?? "")}.</b>{" "}
                    {open.length > 0 ? wizard.possible(open.join(", ")) : wizard.possibleNothing}
                  </li>
                );
              })}
            </ul>
          </details>
        ) : null}
      </div>
    </Sheet>
  );
};
