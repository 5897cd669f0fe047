import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: CatalogueWordsProvider, use: useCatalogueWords } = lazyWords({
  it: () => import("@area/words/catalogue/it"),
  en: () => import("@area/words/catalogue/en"),
  de: () => import("@area/words/catalogue/de"),
  fr: () => import("@area/words/catalogue/fr"),
  sl: () => import("@area/words/catalogue/sl"),
});
