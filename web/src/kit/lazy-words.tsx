import type { Language } from "@area/words/languages";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useWords } from "./words.tsx";

/** Words of a part of the portal that not everybody opens: loaded with it, in one language, and by nobody else. */
export const lazyWords = <W,>(words: Record<Language, () => Promise<{ default: W }>>) => {
  const Context = createContext<W | null>(null);
  const Provider = ({ children }: { children: ReactNode }) => {
    const { language } = useWords();
    const [spoken, setSpoken] = useState<W | null>(null);
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
  const use = (): W => {
    const spoken = useContext(Context);
    if (!spoken) throw new Error("these words are not loaded here");
    return spoken;
  };
  return { Provider, use };
};
