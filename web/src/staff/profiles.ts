import { api, type StaffHolding } from "@area/api";
import { useCall } from "../kit/call.ts";
import { useStaffWords } from "./words.tsx";

/** "Revisore su pagoPA": the profiles of somebody of the staff, for reading. */
export const useProfileNames = () => {
  const say = useStaffWords();
  const products = useCall(api.products.list, {});
  const titleOf = (id: string) => products.data?.items.find((p) => p.id === id)?.title ?? id;
  return (holdings: readonly StaffHolding[]): string[] =>
    holdings.map((h) =>
      h.productId === null
        ? say.profiles[h.profile]
        : `${say.profiles[h.profile]} ${say.shell.onProduct(titleOf(h.productId))}`,
    );
};
