import { ibanInFours } from "@area/api";

/** In fours, as people compare it; a reader of the screen and a copy get it whole. */
export const IbanCode = ({ iban }: { iban: string }) => <span className="code nowrap">{ibanInFours(iban)}</span>;
