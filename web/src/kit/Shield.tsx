import { shieldOf } from "./shield.ts";

/** Decoration only: the name stands beside it. */
export const Shield = ({ taxCode, size }: { taxCode: string; size?: "big" | "small" }) => {
  const { partition, tincture } = shieldOf(taxCode);
  return <span className={["shield", partition, tincture, size].filter(Boolean).join(" ")} aria-hidden="true" />;
};
