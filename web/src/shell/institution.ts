import { api } from "@area/api";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { call, type ItemOf, queries, useCall } from "../kit/call.ts";
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
  // What the institution is and has joined is its own people's to read: a delegate knows it by the mandate.
  const mandateId = useMandateId();
  return useCall(api.institutions.read, { params: { institutionId } }, { enabled: mandateId === undefined });
};

/** My memberships here. The first hundred of my institutions almost always hold it; else it is searched by tax code. */
export const useMine = () => {
  const institutionId = useInstitutionId();
  const mandateId = useMandateId();
  return useQuery({
    queryKey: mandateId ? [...mineKey(institutionId), mandateId] : mineKey(institutionId),
    queryFn: async ({ signal }): Promise<MyInstitution | null> => {
      if (mandateId) {
        const mandate = await call(api.delegations.mandates.read, { params: { delegationId: mandateId }, signal });
        return mandate.institution.id === institutionId ? asMembership(mandate) : null;
      }
      const here = (list: { items: MyInstitution[] }) => list.items.find((one) => one.id === institutionId);
      const first = await call(api.people.myInstitutions, { query: { limit: 100 }, signal });
      const found = here(first);
      if (found || !first.next) return found ?? null;
      const { taxCode } = await call(api.institutions.read, { params: { institutionId }, signal });
      return here(await call(api.people.myInstitutions, { query: { search: taxCode, limit: 100 }, signal })) ?? null;
    },
  });
};
