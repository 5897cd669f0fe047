import { type AnswerOf, type api, may, type Permission } from "@area/api";
import type { ReactNode } from "react";

export type MyMembership = AnswerOf<typeof api.people.myInstitutions>["items"][number]["memberships"][number];

/** The rule of the server, asked with the memberships that the server lists as not ended. It only decides what to show. */
export const mayI = (memberships: readonly MyMembership[], permission: Permission): boolean =>
  may(
    memberships.map((m) => ({ ...m, beginsAt: new Date(m.beginsAt), endsAt: m.endsAt ? new Date(m.endsAt) : null })),
    permission,
    new Date(),
  );

export const May = ({
  memberships,
  permission,
  children,
  otherwise = null,
}: {
  memberships: readonly MyMembership[];
  permission: Permission;
  children: ReactNode;
  otherwise?: ReactNode;
}) => (mayI(memberships, permission) ? children : otherwise);
