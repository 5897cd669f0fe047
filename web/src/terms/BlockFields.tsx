import { useId } from "react";
import { useTermsWords } from "./words.tsx";

/** A text as the server keeps it; what is not edited here travels through as it is. */
type Block = {
  kind: "heading" | "paragraph" | "facts" | "list" | "signature" | "small-print";
  text?: string;
  items?: string[];
  item?: string;
  facts?: { label: string; value: string }[];
};
export type Content = { title?: string; blocks?: Block[]; [other: string]: unknown };

/** One box for each paragraph of a text. Data and their labels keep their places. */
export const BlockFields = ({ content, onChange }: { content: Content; onChange: (content: Content) => void }) => {
  const say = useTermsWords();
  const id = useId();
  const blocks = content.blocks ?? [];
  const put = (at: number, block: Block) =>
    onChange({ ...content, blocks: blocks.map((b, n) => (n === at ? block : b)) });
  const box = (key: string, label: string, value: string, write: (value: string) => void, rows = 3) => (
    <div className="field w12" key={key}>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      {rows === 1 ? (
        <input
          className="input"
          id={`${id}-${key}`}
          value={value}
          maxLength={4000}
          onChange={(event) => write(event.target.value)}
        />
      ) : (
        <textarea
          className="input"
          id={`${id}-${key}`}
          rows={Math.min(10, Math.max(2, Math.ceil(value.length / 90)))}
          value={value}
          maxLength={4000}
          onChange={(event) => write(event.target.value)}
        />
      )}
    </div>
  );
  return (
    <div className="fields">
      {box("title", say.kinds.title, content.title ?? "", (title) => onChange({ ...content, title }), 1)}
      {blocks.map((block, n) => {
        if (block.kind === "facts" || block.kind === "signature") return null;
        if (block.kind === "list") {
          if (!block.items)
            return box(`${n}`, `${say.kinds.item} ${n + 1}`, block.item ?? "", (item) => put(n, { ...block, item }));
          const { items } = block;
          return items.map((item, at) => (
            <div className="field w12" key={`${n}-${at}`}>
              <label htmlFor={`${id}-${n}-${at}`}>{`${say.kinds.item} ${at + 1}`}</label>
              <textarea
                className="input"
                id={`${id}-${n}-${at}`}
                rows={Math.min(10, Math.max(2, Math.ceil(item.length / 90)))}
                value={item}
                maxLength={4000}
                onChange={(event) =>
                  put(n, { ...block, items: items.map((one, k) => (k === at ? event.target.value : one)) })
                }
              />
              <p className="row">
                <button
                  type="button"
                  className="btn text s"
                  onClick={() => put(n, { ...block, items: [...items.slice(0, at + 1), "", ...items.slice(at + 1)] })}
                >
                  {say.addItem}
                  <span className="hidden">: {at + 1}</span>
                </button>
                {items.length > 1 ? (
                  <button
                    type="button"
                    className="btn text s"
                    onClick={() => put(n, { ...block, items: items.filter((_, k) => k !== at) })}
                  >
                    {say.removeItem}
                    <span className="hidden">: {at + 1}</span>
                  </button>
                ) : null}
              </p>
            </div>
          ));
        }
        return box(
          `${n}`,
          `${say.kinds[block.kind]} ${n + 1}`,
          block.text ?? "",
          (text) => put(n, { ...block, text }),
          block.kind === "heading" ? 1 : 3,
        );
      })}
    </div>
  );
};
