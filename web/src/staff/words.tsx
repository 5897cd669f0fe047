import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: StaffWordsProvider, use: useStaffWords } = lazyWords({
  it: () => import("@area/words/staff/it"),
  en: () => import("@area/words/staff/en"),
  de: () => import("@area/words/staff/de"),
  fr: () => import("@area/words/staff/fr"),
  sl: () => import("@area/words/staff/sl"),
});
