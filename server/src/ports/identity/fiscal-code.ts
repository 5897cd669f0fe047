import { hasPersonCheck } from "@area/api";

/** `TINIT-<code>` as both federations certify it. Any other prefix is a person without an Italian code (eIDAS). */
export function fiscalCodeOfAttribute(value: string): string | undefined {
  const trimmed = value.trim();
  if (!trimmed.startsWith("TINIT-")) return undefined;
  // Some providers write it in groups: blanks say nothing, and the check character still has to hold.
  const code = trimmed.slice("TINIT-".length).replace(/[ \t\r\n]/g, "");
  // Plain letters only before raising the case: "ı" and "ſ" would otherwise become I and S.
  if (!/^[A-Za-z0-9]{16}$/.test(code)) return undefined;
  return hasPersonCheck(code.toUpperCase()) ? code.toUpperCase() : undefined;
}
