const partitions = ["palo", "fascia", "banda", "quarti", "punta", "croce"] as const;
const tinctures = ["", "verde", "rosso", "ocra", "viola", "petrolio"] as const;

/** The coat of an institution without an emblem: always the same for the same tax code, spread evenly over codes. */
export const shieldOf = (
  taxCode: string,
): { partition: (typeof partitions)[number]; tincture: (typeof tinctures)[number] } => {
  let mixed = 2166136261;
  for (const character of taxCode.toUpperCase()) mixed = Math.imul(mixed ^ character.charCodeAt(0), 16777619) >>> 0;
  mixed = (mixed ^ (mixed >>> 15)) >>> 0;
  return { partition: partitions[mixed % 6]!, tincture: tinctures[Math.floor(mixed / 6) % 6]! };
};
