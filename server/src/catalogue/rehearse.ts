import {
  type adhesionMails,
  admissionOf,
  ProductConfiguration,
  type Rehearsal,
  type Requirements,
  requirementsOf,
} from "@area/api";
import type { z } from "zod";
import { canonical } from "../platform/record.ts";

type Mail = (typeof adhesionMails)[number];
type Touched = { kind: string; origin: string; active: number; open: number };

/** The letters of one way of joining: what the room of onboardings sends. */
const mailsOf = (r: Requirements): Mail[] => [
  ...(r.reviewed ? (["received", "changes-requested", "rejected"] as const) : []),
  ...(r.agreement ? (["to-sign", "named", "requester", "reminder"] as const) : []),
  "completed",
  ...(r.agreement ? (["ended"] as const) : []),
];

const plainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Field by field, down to what is no object: lists are compared whole. */
const differences = (before: unknown, after: unknown, path = ""): Rehearsal["changes"] => {
  if (canonical(before) === canonical(after)) return [];
  if (!plainObject(before) || !plainObject(after)) return [{ path, before: before ?? null, after: after ?? null }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key));
};

const given = (c: ProductConfiguration, kind: string, origin: string) => {
  const admission = admissionOf(c, kind, origin);
  if (!admission) return null;
  const requirements = requirementsOf(c, admission);
  return {
    requirements,
    documents: [
      ...(admission.agreementTemplate
        ? [`${admission.agreementTemplate.id} ${admission.agreementTemplate.version}`]
        : []),
      ...admission.attachments.map((one) => one.title),
    ],
    roles: c.roles
      .filter((r) => r.kinds === undefined || r.kinds.includes(admission.kind))
      .map((r) => `${r.title} (${r.code})`),
    mails: mailsOf(requirements),
  };
};

/**
 * What a changed configuration would mean, before anybody sees it: faults that bar it, fields that change, and for each kind and
 * registry the steps, fields, documents, roles and letters before and after, with whom it touches. Pure.
 */
export const rehearse = (
  current: ProductConfiguration,
  written: unknown,
  known: {
    templates: ReadonlySet<string>;
    products: ReadonlySet<string>;
    productId: string;
    touched: readonly Touched[];
  },
): z.input<typeof Rehearsal> => {
  const sum = (rows: readonly Touched[]) => ({
    active: rows.reduce((all, r) => all + r.active, 0),
    open: rows.reduce((all, r) => all + r.open, 0),
  });
  const read = ProductConfiguration.safeParse(written);
  if (!read.success)
    return {
      valid: false,
      faults: read.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })),
      changes: [],
      admissions: [],
      touched: sum(known.touched),
    };
  const next = read.data;
  const faults = [
    ...next.admissions.flatMap((a, n) =>
      a.agreementTemplate && !known.templates.has(`${a.agreementTemplate.id} ${a.agreementTemplate.version}`)
        ? [{ path: `admissions.${n}.agreementTemplate`, message: "template is not published" }]
        : [],
    ),
    ...next.conventions.flatMap((c, n) => [
      ...(known.templates.has(`${c.template.id} ${c.template.version}`)
        ? []
        : [{ path: `conventions.${n}.template`, message: "template is not published" }]),
      ...(next.conventions.findIndex((other) => other.id === c.id) < n
        ? [{ path: `conventions.${n}.id`, message: `${c.id} twice` }]
        : []),
    ]),
    ...[next.parent, ...next.testTwins].flatMap((id, n) =>
      id && (!known.products.has(id) || id === known.productId)
        ? [
            {
              path: n === 0 && id === next.parent ? "parent" : "testTwins",
              message: `${id} is not a product of the catalogue`,
            },
          ]
        : [],
    ),
    ...(next.externalId === current.externalId
      ? []
      : [{ path: "externalId", message: "consumers of events know the product by it: it does not change" }]),
    ...(next.administrators.minimum > next.administrators.maximum
      ? [{ path: "administrators", message: "minimum above maximum" }]
      : []),
  ];
  const keys = [...current.admissions, ...next.admissions].map((a) => ({ kind: a.kind, origin: a.origin }));
  const ways = keys.filter((k, n) => keys.findIndex((o) => o.kind === k.kind && o.origin === k.origin) === n);
  return {
    valid: faults.length === 0,
    faults,
    changes: differences(current, next),
    admissions: ways.map(({ kind, origin }) => {
      const [was, is] = [given(current, kind, origin), given(next, kind, origin)];
      const of = known.touched.find((t) => t.kind === kind && t.origin === origin);
      return {
        kind,
        origin,
        change: !was ? "added" : !is ? "removed" : canonical(was) === canonical(is) ? "same" : "changed",
        before: was?.requirements ?? null,
        after: is?.requirements ?? null,
        documents: { before: was?.documents ?? [], after: is?.documents ?? [] },
        roles: { before: was?.roles ?? [], after: is?.roles ?? [] },
        mails: { before: was?.mails ?? [], after: is?.mails ?? [] },
        active: of?.active ?? 0,
        open: of?.open ?? 0,
      };
    }),
    touched: sum(known.touched),
  };
};
