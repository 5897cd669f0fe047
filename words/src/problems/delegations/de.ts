import type { Facts } from "../it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const i = (f: Facts) => text(f["institution"]);
const p = (f: Facts) => text(f["partner"]);
const r = (f: Facts) => (f["reason"] ? ` Grund: ${text(f["reason"])}.` : "");
const states: Record<string, string> = {
  offered: "ist noch nicht angenommen",
  asked: "ist noch nicht angenommen",
  suspended: "ist ausgesetzt",
  revoked: "wurde widerrufen",
  expired: "ist abgelaufen",
  refused: "wurde abgelehnt",
  withdrawn: "wurde zurückgezogen",
  planned: "beginnt später",
  "partner-left": "gilt nicht mehr: Der Partner hat das Produkt verlassen",
};
const envs: Record<string, string> = { test: "der Testumgebung", production: "der Produktionsumgebung" };

/** What a delegation or a mandate is refused for. */
export const delegationProblems = {
  "mandate-unknown": {
    title: "Dieser Auftrag gilt hier nicht",
    detail: () =>
      "Die genannte Vollmacht ist nicht von dieser Körperschaft, oder Sie arbeiten nicht mehr für den Partner. Wählen Sie neu, für wen Sie handeln.",
  },
  "mandate-not-active": {
    title: "Diese Vollmacht ist nicht aktiv",
    detail: (f: Facts) =>
      `Die Vollmacht von ${i(f)} an ${p(f)} ${states[text(f["state"])] ?? "ist nicht aktiv"}.${r(f)} Nichts wurde geschrieben.`,
  },
  "mandate-out-of-scope": {
    title: "Außerhalb dieser Vollmacht",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "permission":
          return `${i(f)} hat ${p(f)} die Berechtigung «${text(f["permission"])}» nicht gegeben. Wer die Körperschaft verwaltet, kann sie hinzufügen.`;
        case "environment":
          return `Die Vollmacht von ${i(f)} gilt nicht in ${envs[text(f["environment"])] ?? ""}. Wer die Körperschaft verwaltet, kann sie erweitern.`;
        case "product":
          return `Die Vollmacht von ${i(f)} betrifft ein anderes Produkt.`;
        case "aggregates":
          return `Die Vollmacht von ${p(f)} kommt vom Aggregator und umfasst seine aggregierten Körperschaften, wie ${i(f)}, nicht. Wer den Aggregator verwaltet, kann sie hinzufügen.`;
        case "resource":
          return `Die Vollmacht von ${i(f)} umfasst dies nicht.`;
        default:
          return `Das tun nur die eigenen Personen der Körperschaft, nie ein Partner.`;
      }
    },
  },
  "mandate-not-assigned": {
    title: "Sie sind dieser Körperschaft nicht zugeteilt",
    detail: (f: Facts) =>
      `${p(f)} hat die Vollmacht von ${i(f)}, hat Sie aber nicht zugeteilt. Das kann, wer den Partner verwaltet, unter «Zuteilungen».`,
  },
  "delegation-unknown": {
    title: "Vollmacht nicht gefunden",
    detail: () => "Sie ist nicht von dieser Körperschaft oder nicht mehr da. Laden Sie die Seite neu.",
  },
  "delegation-own": {
    title: "Eine Körperschaft bevollmächtigt nicht sich selbst",
    detail: () => "Wählen Sie einen anderen Partner.",
  },
  "delegation-cycle": {
    title: "Die Vollmachten kämen zurück",
    detail: (f: Facts) =>
      `${p(f) || "Der Partner"} hat dieses Produkt bereits, direkt oder nicht, an die Körperschaft übertragen, die es nun überträgt. Zuerst ist jene Vollmacht zu widerrufen.`,
  },
  "delegation-partner-not-joined": {
    title: "Kein Partner für dieses Produkt",
    detail: (f: Facts) =>
      `${p(f) || "Die gewählte Einrichtung"} ist dem Produkt nicht als Technologiepartner beigetreten oder hat es verlassen. Wählen Sie einen Partner aus der Liste.`,
  },
  "delegation-institution-not-joined": {
    title: "Keine solche Körperschaft bei diesem Produkt",
    detail: (f: Facts) => `Keine Körperschaft mit Steuernummer ${text(f["taxCode"])} ist diesem Produkt beigetreten.`,
  },
  "delegation-already-open": {
    title: "Es gibt schon eine offene Vollmacht",
    detail: () =>
      "Zwischen diesen beiden, für dieses Produkt und diese Umgebung ist bereits eine angeboten, aktiv oder ausgesetzt. Ändern Sie jene.",
  },
  "delegation-state": {
    title: "Die Vollmacht hat sich inzwischen geändert",
    detail: (f: Facts) =>
      `Sie ${states[text(f["state"])] ?? "ist aktiv"}: Das geht nicht mehr. Laden Sie die Seite neu.`,
  },
  "delegation-other-side": {
    title: "Das ist Sache der anderen Seite",
    detail: (f: Facts) => `Das kann je nach Zeitpunkt ${i(f)} oder ${p(f)}: nicht, wer es jetzt verlangt hat.`,
  },
  "delegation-scope-unknown": {
    title: "Der Umfang nennt, was es nicht gibt",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "empty":
          return `Wählen Sie mindestens eine Berechtigung des Produkts.`;
        case "resource":
          return `«${text(f["resource"])}» gibt es bei der Körperschaft nicht, oder es kann hier nicht genannt werden.`;
        default:
          return `Die Berechtigung «${text(f["permission"])}» kann bei diesem Produkt nicht übertragen werden.`;
      }
    },
  },
  "delegation-delicate": {
    title: "Diese Berechtigung wird gesondert anvertraut",
    detail: (f: Facts) =>
      `«${text(f["permission"])}» bewegt Geld: Zuerst wird die Vollmacht aktiv, dann vertrauen zwei Personen der Körperschaft sie an und bestätigen, wer sie sind.`,
  },
  "product-not-delegable": {
    title: "Dieses Produkt wird nicht übertragen",
    detail: () => "Wer es führt, lässt keinen Partner für eine Körperschaft handeln.",
  },
  "assignment-unknown": {
    title: "Zuteilung nicht gefunden",
    detail: () => "Sie wurde schon entfernt. Laden Sie die Seite neu.",
  },
  "assignment-repeated": {
    title: "Schon vorhanden",
    detail: () => "Dieselbe Person oder Gruppe ist hier schon zugeteilt.",
  },
  "assignment-of-both": {
    title: "Eine Person oder eine Gruppe",
    detail: () => "Eine Zuteilung betrifft eine Person oder eine Gruppe oder alle.",
  },
  "move-unknown": {
    title: "Wechsel nicht gefunden",
    detail: () => "Er ist nicht von dieser Körperschaft oder nicht mehr da. Laden Sie die Seite neu.",
  },
  "move-over": {
    title: "Dieser Wechsel ist abgeschlossen",
    detail: () => "Er wurde vollzogen, oder die Körperschaft ist zurückgekehrt: Er bewegt sich nicht mehr.",
  },
  "move-already-planned": {
    title: "Ein Wechsel läuft schon",
    detail: () =>
      "Von dieser Vollmacht wird bereits zu einem anderen Partner gewechselt: Schließen Sie jenen zuerst ab, oder kehren Sie zurück.",
  },
};
