const pattern = /^[a-z0-9-]+(\/[a-z0-9-]+(\.[a-z0-9]+)*)+$/;

/** A key is a path of plain words, in a folder as in a store: whatever could lead elsewhere is a fault of ours. */
export const storageKey = (key: string): string => {
  if (!pattern.test(key)) throw new Error(`not a storage key: ${key}`);
  return key;
};
