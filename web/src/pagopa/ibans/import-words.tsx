import { lazyWords } from "../../kit/lazy-words.tsx";

export const { Provider: IbanImportWordsProvider, use: useIbanImportWords } = lazyWords({
  it: () => import("@area/words/iban-imports/it"),
  en: () => import("@area/words/iban-imports/en"),
  de: () => import("@area/words/iban-imports/de"),
  fr: () => import("@area/words/iban-imports/fr"),
  sl: () => import("@area/words/iban-imports/sl"),
});
