import type { Language } from "@area/words/languages";
import type { StaffWords } from "@area/words/staff/it";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useWords } from "../kit/words.tsx";

/** The words of the staff's screens: a file of their own, so that nobody else loads them. */
const words: Record<Language, () => Promise<{ default: StaffWords }>> = {
  it: () => import("@area/words/staff/it"),
  en: () => import("@area/words/staff/en"),
  de: () => import("@area/words/staff/de"),
  fr: () => import("@area/words/staff/fr"),
  sl: () => import("@area/words/staff/sl"),
};
const Context = createContext<StaffWords | null>(null);

export const StaffWordsProvider = ({ children }: { children: ReactNode }) => {
  const { language } = useWords();
  const [spoken, setSpoken] = useState<StaffWords | null>(null);
  useEffect(() => {
    let wanted = true;
    void words[language]().then((w) => {
      if (wanted) setSpoken(w.default);
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return spoken ? <Context value={spoken}>{children}</Context> : null;
};

export const useStaffWords = (): StaffWords => {
  const spoken = useContext(Context);
  if (!spoken) throw new Error("the words of the staff are missing");
  return spoken;
};
