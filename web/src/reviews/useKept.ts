import { useEffect, useState } from "react";

const read = <T>(key: string, blank: T): T => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") ?? blank;
  } catch {
    return blank;
  }
};

/** What was typed and not sent yet: it survives a reload of the page, in this tab alone, until it is sent. */
export const useKept = <T>(key: string, blank: T): [T, (value: T) => void, () => void] => {
  const [value, setValue] = useState(() => read(key, blank));
  useEffect(() => {
    if (JSON.stringify(value) === JSON.stringify(blank)) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  });
  return [value, setValue, () => setValue(blank)];
};
