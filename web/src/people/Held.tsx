import { api, type HeldProfile } from "@area/api";
import { useCall } from "../kit/call.ts";
import { Chip } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { useWords } from "../kit/words.tsx";
import { usePeopleWords } from "./words.tsx";

/** "sull’ente", "su pagoPA". */
export const useWhere = (): ((productId: string) => string) => {
  const say = usePeopleWords().held;
  const products = useCall(api.products.list, {});
  return (productId) =>
    productId === "institution"
      ? say.onInstitution
      : say.onProduct(products.data?.items.find((p) => p.id === productId)?.title ?? productId);
};

/** "Ente", "pagoPA". */
export const useTitleOf = (): ((productId: string) => string) => {
  const say = usePeopleWords().held;
  const products = useCall(api.products.list, {});
  return (productId) =>
    productId === "institution"
      ? say.institution
      : (products.data?.items.find((p) => p.id === productId)?.title ?? productId);
};

type Shown = {
  productId: string;
  profile: HeldProfile;
  profileName: string | null;
  permissions: readonly string[];
};
/** What one membership is called; a permission given by itself has the name of what it allows. */
export const useHeldName = () => {
  const { screens } = useWords();
  return (one: Shown): string =>
    one.profile === "granted"
      ? one.permissions
          .map((p) => screens.kit.permissionName[p as keyof typeof screens.kit.permissionName] ?? p)
          .join(", ")
      : profileName(screens, one);
};

export const StateChip = ({ one }: { one: { state: "active" | "suspended"; beginsAt: string } }) => {
  const say = usePeopleWords().held;
  return one.state === "suspended" ? (
    <Chip tone="neutral">{say.suspended}</Chip>
  ) : new Date(one.beginsAt) > new Date() ? (
    <Chip tone="progress">{say.planned}</Chip>
  ) : (
    <Chip tone="positive">{say.active}</Chip>
  );
};

/** "dal 12/03/2026, fino al 31/12/2026". */
export const useValidity = () => {
  const { day } = useWords();
  const say = usePeopleWords().held;
  return (one: { beginsAt: string; endsAt: string | null }) =>
    `${say.since(day(one.beginsAt))}${one.endsAt ? `, ${say.until(day(one.endsAt))}` : ""}`;
};
