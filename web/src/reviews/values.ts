import { type InstitutionKind, type Origin, type RegionCode, regions } from "@area/api";
import { fieldLabel } from "@area/words/field-label";
import { useWords } from "../kit/words.tsx";

/** Names and values of the fields of a request, as people read them. */
export const useFieldText = () => {
  const { screens } = useWords();
  const { adhesion, areas } = screens;
  const area = (said: string): string => {
    const [level = "", name = ""] = said.split(":");
    return level === "national"
      ? areas.national
      : areas.named(
          areas[level as "region" | "province" | "municipality"] ?? level,
          level === "region" ? (regions[name as RegionCode] ?? name) : name,
        );
  };
  return {
    label: (path: string) => fieldLabel(adhesion, path),
    value: (path: string, value: string | boolean | null): string => {
      if (value === null || value === "") return "—";
      if (typeof value === "boolean") return value ? adhesion.yes : adhesion.no;
      if (path === "kind") return adhesion.kinds[value as InstitutionKind].name;
      if (path === "origin") return adhesion.origins[value as Origin].name;
      if (path === "geographicAreas") return value.split("\n").map(area).join(", ");
      return value;
    },
    /** Codes are read letter by letter. */
    isCode: (path: string) => /(Code|Number|iban|abi)/i.test(path.split(".").at(-1) ?? ""),
  };
};
