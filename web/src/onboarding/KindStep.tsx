import { Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import type { Form, Product } from "./steps.ts";

/** Step 1: which product, and what kind of body. */
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
  const { kind, product } = screens.onboarding;
  const title = products.find((p) => p.id === productId)?.title ?? productId;
  return (
    <Sheet title={kind.title}>
      <div className="body">
        <div className="fields">
          {onProduct && products.length > 1 ? (
            <fieldset className="field w12">
              <legend>{product.legend}</legend>
              <div className="choices">
                {products.map((one) => (
                  <label className="choice" key={one.id}>
                    <input
                      type="radio"
                      name="product"
                      checked={one.id === productId}
                      onChange={() => onProduct(one.id)}
                    />
                    <span>{one.title}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          ) : (
            <p className="field w12">{product.one(title)}</p>
          )}
          <fieldset className="field w12">
            <legend>{kind.legend}</legend>
            <div className="choices">
              <label className="choice">
                <input type="radio" value="PA" {...form.register("kind")} />
                <span>
                  {kind.PA}
                  <small>{kind.PAwhere}</small>
                </span>
              </label>
            </div>
            <p className="hint">{kind.others}</p>
          </fieldset>
        </div>
      </div>
    </Sheet>
  );
};
