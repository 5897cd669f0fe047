import { Note } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import type { Product, RegistryBody } from "./steps.ts";

/** Why this body cannot go on, if it cannot. */
export const blocks = (body: RegistryBody | undefined, productId: string): boolean =>
  body !== undefined &&
  (body.state === "ended" || !body.pec || body.products.some((p) => p.productId === productId && p.state === "active"));

/** What the registry and the other onboardings say about the chosen body, before any more is asked. */
export const RegistryNotes = ({ body, product }: { body: RegistryBody | undefined; product: Product | undefined }) => {
  const { screens, day } = useWords();
  const say = screens.onboarding.institution;
  if (!body || !product) return null;
  const here = body.products.filter((p) => p.productId === product.id);
  const active = here.find((p) => p.state === "active");
  const awaiting = here.find((p) => p.state === "awaiting-signature");
  return (
    <>
      {body.state === "ended" ? (
        <Note tone="critical" icon="wrong" title={say.endedTitle} role="alert">
          <p>{say.ended}</p>
        </Note>
      ) : null}
      {body.pec ? null : (
        <Note tone="critical" icon="wrong" title={say.noPecTitle} role="alert">
          <p>{say.noPec}</p>
        </Note>
      )}
      {active ? (
        <Note tone="attention" icon="alert" title={say.activeTitle(product.title)} role="alert">
          <p>{say.active(day(active.since))}</p>
        </Note>
      ) : null}
      {awaiting && !active ? (
        <Note tone="attention" icon="alert" title={say.awaitingTitle(product.title)} role="status">
          <p>{say.awaiting(day(awaiting.since))}</p>
        </Note>
      ) : null}
    </>
  );
};
