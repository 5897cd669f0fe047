import type { Shape } from "./read-xml.ts";

/*
 * The node's own schemas as values: InformativaContoAccredito 1.2.1 and TabellaDelleControparti 1.0.8. A test compares them with
 * xmllint and the published XSDs where those are at hand.
 */
const text = (most: number): Shape => ({ text: (value) => value.length >= 1 && value.length <= most });
const daysIn = (year: number, month: number) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
/** xs:dateTime: years of four digits or more, a real day, an optional fraction and zone. White space around is collapsed. */
const isDateTime = (value: string): boolean => {
  const m =
    /^-?(\d{4,})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/.exec(
      value.trim(),
    );
  if (!m) return false;
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (m[1]!.length > 4 && m[1]!.startsWith("0")) return false;
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minute <= 59 && second <= 59
  );
};
const dateTime: Shape = { text: isDateTime };
const iban: Shape = { text: /^[a-zA-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$/ };

export const creditAccountNotice: Shape = {
  sequence: [
    ["identificativoFlusso", text(35), 1, 1],
    ["identificativoDominio", { text: /^[0-9]{11}$/ }, 1, 1],
    ["ragioneSociale", text(70), 1, 1],
    ["dataPubblicazione", dateTime, 1, 1],
    ["dataInizioValidita", dateTime, 1, 1],
    [
      "contiDiAccredito",
      {
        least: 0,
        choice: [
          ["ibanAccredito", iban],
          [
            "infoContoDiAccreditoPair",
            {
              sequence: [
                ["ibanAccredito", iban, 1, 1],
                ["idBancaSeller", text(50), 1, 1],
              ],
            },
          ],
        ],
      },
      1,
      1,
    ],
  ],
};

const plainDateTime: Shape = {
  text: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value.trim()) && isDateTime(value),
};
const time: Shape = {
  text: (value) =>
    /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$|^24:00:00(?:\.0+)?$/.test(value.trim()),
};
const opening: Shape = {
  sequence: [
    ["tipoPeriodo", { text: /^(?:giornaliera|settimanale|mensile|annuale)$/ }, 0, 1],
    ["giorno", text(35), 0, 1],
    [
      "fasciaOraria",
      {
        sequence: [
          ["fasciaOrariaDa", time, 0, 1],
          ["fasciaOrariaA", time, 0, 1],
        ],
      },
      0,
      10_000,
    ],
  ],
};
export const counterpartTable: Shape = {
  sequence: [
    ["identificativoFlusso", text(35), 1, 1],
    ["identificativoDominio", text(35), 1, 1],
    ["ragioneSociale", text(70), 1, 1],
    ["dataPubblicazione", plainDateTime, 1, 1],
    ["dataInizioValidita", plainDateTime, 1, 1],
    ["pagamentiPressoPSP", { text: (value) => /^\s*[+]?0*[01]\s*$|^\s*-0+\s*$/.test(value) }, 1, 1],
    [
      "erogazioneServizio",
      {
        sequence: [
          ["disponibilita", opening, 0, 10_000],
          ["indisponibilita", opening, 0, 10_000],
        ],
      },
      1,
      1,
    ],
  ],
};
export const counterpartTables: Shape = { sequence: [["informativaControparte", counterpartTable, 0, 10_000]] };
