import { elevenDigitCode } from "@area/api";

/** Invented public bodies whose names look like those of the registry. Number i is always the same body. */
export type Body = {
  ipaCode: string;
  name: string;
  taxCode: string;
  category: string;
  pec: string;
  address: string;
  zipCode: string;
  city: string;
};

const starts = "Borgo Castel Monte Villa San Santa Rocca Torre Pieve Ponte Campo Valle Serra Colle Poggio Fonte".split(
  " ",
);
const heads =
  "bar ber cal car cor fal fer gal gar lam lor mar mel mon nor pal per pol ris ros sal ser tar tor val var ver vig bel cam".split(
    " ",
  );
const middles = "a e i o ana ella enti ico ona ori ura usa ali ave eri ino osa etti anni ola".split(" ");
const tails = "no na to ta go ra ro llo zza nte ssa sco gna lio tico dolo vera sano rate lengo".split(" ");
const kinds = [
  ["Comune di", "L6"],
  ["Comune di", "L6"],
  ["Comune di", "L6"],
  ["Istituto Comprensivo", "L33"],
  ["Istituto di Istruzione Superiore", "L33"],
  ["Liceo Scientifico Statale", "L33"],
  ["Unione dei Comuni di", "L18"],
  ["Ordine dei Medici Chirurghi e degli Odontoiatri di", "C14"],
  ["Ordine degli Ingegneri della Provincia di", "C14"],
  ["Azienda Sanitaria Locale di", "L7"],
  ["Consorzio di Bonifica", "L36"],
  ["Azienda Pubblica di Servizi alla Persona", "L38"],
  ["Camera di Commercio di", "L35"],
  ["Ente Parco Regionale", "L24"],
] as const;

/** A small generator that mixes well enough: the same number gives the same draws everywhere. */
const draws = (seed: number) => {
  let state = (seed + 1) * 2654435761;
  return (most: number): number => {
    state = Math.imul(state ^ (state >>> 15), 2246822519);
    state = Math.imul(state ^ (state >>> 13), 3266489917);
    state ^= state >>> 16;
    return (state >>> 0) % most;
  };
};
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

export const place = (i: number): string => {
  const draw = draws(i);
  const stem = capital(heads[draw(heads.length)]! + middles[draw(middles.length)]! + tails[draw(tails.length)]!);
  if (draw(3) > 0) return stem;
  return `${starts[draw(starts.length)]} ${stem}`;
};

export const body = (i: number, prefix = "c"): Body => {
  const city = place(i);
  const [kind, category] = kinds[draws(i + 7_000_000)(kinds.length)]!;
  const code = `${prefix}_${String(i).padStart(6, "0")}`;
  return {
    ipaCode: code,
    name: `${kind} ${city}`,
    taxCode: elevenDigitCode(String(8_000_000_000 + (prefix === "c" ? 0 : 500_000_000) + i)),
    category,
    pec: `protocollo@pec.${code.replace("_", "")}.example`,
    address: `Piazza del Municipio ${(i % 90) + 1}`,
    zipCode: String(10_000 + (i % 88_000)).padStart(5, "0"),
    city,
  };
};
