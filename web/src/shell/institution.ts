import { api } from "@area/api";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { call, type ItemOf, queries, useCall } from "../kit/call.ts";
import { mayI } from "../kit/May.tsx";
import { asMembership, useMandateId } from "./mandate.ts";

export type MyInstitution = ItemOf<typeof api.people.myInstitutions>;

const mineKey = (institutionId: string) => ["mine", institutionId] as const;

/** Seen in a list a moment ago: the next page can begin from it. */
export const rememberMine = (mine: MyInstitution): void => {
  queries.setQueryData(mineKey(mine.id), mine);
};

export const useInstitutionId = (): string => useParams({ from: "/enti/$institutionId" }).institutionId;

export const useInstitution = () => {
  const institutionId = useInstitutionId();
  const mine = useMine();
  // What the institution is and has joined is its own people's to read: a delegate knows it by the mandate.
  const mandateId = useMandateId();
  // Not asked by who is known not to hold it: a refusal would stand in the institution's trail.
  const refused = Boolean(mine.data && !mayI(mine.data.memberships, "institution:overview:read"));
  return useCall(
    api.institutions.read,
    { params: { institutionId } },
    { enabled: mandateId === undefined && !refused },
  );
};

/** My memberships here. */
export const useMine = () => {
  const institutionId = useInstitutionId();
  const mandateId = useMandateId();
  return useQuery({
    queryKey: mandateId ? [...mineKey(institutionId), mandateId] : mineKey(institutionId),
    queryFn: async ({ signal }): Promise<MyInstitution | null> => {
      if (mandateId) {
        const mandate = await call(api.delegations.mandates.read, {
          params: { delegationId: mandateId },
          query: { institutionId },
          signal,
        });
        return mandate.institution.id === institutionId ? asMembership(mandate) : null;
      }
      return (await call(api.people.myInstitutions, { query: { institutionId, limit: 1 }, signal })).items[0] ?? null;
    },
  });
};
