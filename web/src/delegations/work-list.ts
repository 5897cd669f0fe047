/**
 * A filtered list that is worked through, one after the other: its order is taken once and kept in this tab, so that what leaves
 * the filter while one works moves nothing.
 */
export type WorkList = { institutionId: string; ids: string[]; back: Record<string, string> };
const KEY = "work list";
/** More than anybody works through in a day, and still small. */
export const MOST = 1000;

export const keepWork = (list: WorkList): void => sessionStorage.setItem(KEY, JSON.stringify(list));
export const workAt = (institutionId: string): WorkList | null => {
  const kept = sessionStorage.getItem(KEY);
  if (!kept) return null;
  const list = JSON.parse(kept) as WorkList;
  return list.institutionId === institutionId ? list : null;
};
