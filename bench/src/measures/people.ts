import { api } from "@area/api";
import type { Measured, World } from "../measure.ts";
import { crowds, manyPlaces } from "../seed.ts";
import { type Caller, type Growth, growthPoint, measureRead, pathOf, prepareRead, type Read } from "./reads.ts";

/*
 * People: an institution with two thousand of them, and a person who works for three hundred institutions. Each is measured
 * among four of growing size that stand side by side in one database.
 */
const FERRI = "ferri";
const at = (size: number) => ({
  params: { institutionId: crowds.find((c) => c.size === size)!.institutionId },
});
const people =
  (query: Record<string, string>) =>
  (world: World, name: string, size: number): Promise<Read> =>
    prepareRead(
      world,
      `${name} ${size}`,
      api.people.list,
      () => [pathOf({ endpoint: api.people.list, ...at(size), query: { limit: "20", ...query } })],
      "work",
    );
const mine =
  (query: Record<string, string>) =>
  (world: World, name: string, size: number): Promise<Read> =>
    prepareRead(
      world,
      `${name} ${size}`,
      api.people.myInstitutions,
      () => [pathOf({ endpoint: api.people.myInstitutions, query: { limit: "20", ...query } })],
      "work",
      manyPlaces.filter((p) => p.size === size) satisfies Caller[],
    );

const sizes = { people: crowds.map((c) => c.size), mine: [...new Set(manyPlaces.map((p) => p.size))] };
export const peopleMeasures = {
  "people-page": {
    of: sizes.people,
    prepare: people({}),
    told: "first page of 20 of the people of an institution, with all they hold and why",
  },
  "people-search": {
    of: sizes.people,
    prepare: people({ search: FERRI }),
    told: "the same, searched by a surname that one in nine has",
  },
  "people-with-permission": {
    of: sizes.people,
    prepare: people({ permission: "institution:agreements:read" }),
    told: "the same, of those who hold a permission now",
  },
  "my-page": { of: sizes.mine, prepare: mine({}), told: "first page of 20 of a person's institutions" },
  "my-search": {
    of: sizes.mine,
    prepare: mine({ search: "comune" }),
    told: "the same, searched by a word of their name",
  },
};
export type PeopleMeasure = keyof typeof peopleMeasures;

export const measurePeople = async (world: World, name: PeopleMeasure): Promise<Measured> => {
  const { of, prepare, told } = peopleMeasures[name];
  const growth: Growth = [];
  for (const size of of) growth.push(await growthPoint(world, await prepare(world, name, size), size));
  const largest = of.at(-1)!;
  return measureRead(world, await prepare(world, name, largest), name, growth, `${told}; at ${largest}`);
};
