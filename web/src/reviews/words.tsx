import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: ReviewWordsProvider, use: useReviewWords } = lazyWords({
  it: () => import("@area/words/reviews/it"),
  en: () => import("@area/words/reviews/en"),
  de: () => import("@area/words/reviews/de"),
  fr: () => import("@area/words/reviews/fr"),
  sl: () => import("@area/words/reviews/sl"),
});
