import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: StationWordsProvider, use: useStationWords } = lazyWords({
  it: () => import("@area/words/stations/it"),
  en: () => import("@area/words/stations/en"),
  de: () => import("@area/words/stations/de"),
  fr: () => import("@area/words/stations/fr"),
  sl: () => import("@area/words/stations/sl"),
});
