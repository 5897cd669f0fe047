import { kindInRegistry, type Requirements } from "@area/api";
import { Note } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import type { Product, RegistryBody } from "./steps.ts";

const isActive = (body: RegistryBody, productId: string) =>
  body.products.some((p) => p.productId === productId && p.state === "active");
const kindDiffers = (body: RegistryBody, needs: Requirements) => kindInRegistry(body.category) !== needs.kind;
const categoryClosed = (body: RegistryBody, needs: Requirements) =>
  needs.categories !== null && !needs.categories.includes(body.category);
const parentMissing = (body: RegistryBody, product: Product) =>
  product.parent !== null && !isActive(body, product.parent);

/** Why this body cannot go on, if it cannot. A part of a body has products of its own: the server knows them. */
export const blocks = (
  body: RegistryBody | undefined,
  product: Product | undefined,
  needs: Requirements,
  unit: boolean,
): boolean =>
  body !== undefined &&
  product !== undefined &&
  (body.state === "ended" ||
    kindDiffers(body, needs) ||
    categoryClosed(body, needs) ||
    (!unit && (!body.pec || isActive(body, product.id) || parentMissing(body, product))));

/** What the registry and the other onboardings say about the chosen body, before any more is asked. */
export const RegistryNotes = ({
  body,
  product,
  needs,
  unit,
}: {
  body: RegistryBody | undefined;
  product: Product | undefined;
  needs: Requirements;
  unit: boolean;
}) => {
  const { screens, day } = useWords();
  const say = screens.onboarding.institution;
  if (!body || !product) return null;
  const { kinds, wizard } = screens.adhesion;
  const here = unit ? [] : body.products.filter((p) => p.productId === product.id);
  const active = here.find((p) => p.state === "active");
  const awaiting = here.find((p) => p.state === "awaiting-signature");
  return (
    <>
      {body.state === "ended" ? (
        <Note tone="critical" icon="wrong" title={say.endedTitle} role="alert">
          <p>{say.ended}</p>
        </Note>
      ) : null}
      {kindDiffers(body, needs) ? (
        <Note
          tone="critical"
          icon="wrong"
          role="alert"
          title={wizard.kindDiffers(kinds[kindInRegistry(body.category)].name)}
        />
      ) : categoryClosed(body, needs) ? (
        <Note
          tone="critical"
          icon="wrong"
          role="alert"
          title={wizard.categoryClosed(screens.categories[body.category] ?? body.category, product.title)}
        />
      ) : null}
      {!unit && parentMissing(body, product) ? (
        <Note
          tone="critical"
          icon="wrong"
          role="alert"
          title={wizard.parentFirst(product.title, product.parentTitle ?? "")}
        />
      ) : null}
      {body.pec || unit ? null : (
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
