/** Memberships gathered under their person, in the order in which people first appear. */
export const byPerson = <M extends { person: { id: string } }>(
  memberships: readonly M[],
): { person: M["person"]; held: M[] }[] => {
  const people = new Map<string, { person: M["person"]; held: M[] }>();
  for (const one of memberships) {
    const known = people.get(one.person.id);
    if (known) known.held.push(one);
    else people.set(one.person.id, { person: one.person, held: [one] });
  }
  return [...people.values()];
};
