import { api, type MandateInForce } from "@area/api";
import { useParams, useSearch } from "@tanstack/react-router";
import { useCall } from "../kit/call.ts";

/** The delegation under which this page acts, as its address says; undefined: one's own membership. */
export const useMandateId = (): string | undefined => useSearch({ strict: false }).mandato;

/** The mandate of this page, as it stands now. */
export const useMandate = () => {
  const delegationId = useMandateId();
  const { institutionId } = useParams({ strict: false });
  return useCall(
    api.delegations.mandates.read,
    { params: { delegationId: delegationId ?? "" }, query: { institutionId } },
    { enabled: delegationId !== undefined, refetchInterval: 60_000 },
  );
};

/** What a mandate lets one do, in the shape of a membership: the pages ask the same question of both. */
export const asMembership = (mandate: MandateInForce) => ({
  id: mandate.institution.id,
  name: mandate.institution.name,
  taxCode: mandate.institution.taxCode,
  ipaCode: null,
  city: mandate.institution.city,
  memberships: [
    {
      productId: mandate.productId,
      profile: "granted" as const,
      profileName: null,
      permissions: mandate.held,
      state: "active" as const,
      beginsAt: mandate.beginsAt ?? new Date(0).toISOString(),
      endsAt: mandate.endsAt,
    },
  ],
  findings: mandate.findings.length,
});
