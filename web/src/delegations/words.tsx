import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: DelegationWordsProvider, use: useDelegationWords } = lazyWords({
  it: () => import("@area/words/delegations/it"),
  en: () => import("@area/words/delegations/en"),
  de: () => import("@area/words/delegations/de"),
  fr: () => import("@area/words/delegations/fr"),
  sl: () => import("@area/words/delegations/sl"),
});
