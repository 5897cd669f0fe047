import { useWords } from "../kit/words.tsx";

/** How long a decision usually takes, in words that everybody uses: days, or less than one. */
export const useUsual = () => {
  const { pages } = useWords().screens.adhesion;
  return (seconds: number): string => {
    const days = Math.round(seconds / 86_400);
    return days < 1 ? pages.lessThanADay : pages.days(days);
  };
};
