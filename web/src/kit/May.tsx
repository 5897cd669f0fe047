import { type AnswerOf, type api, may, type Permission } from "@area/api";
import { useParams } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useId, useState } from "react";
import { createPortal } from "react-dom";
import { Dialog } from "./Dialog.tsx";
import { Icon } from "./pieces.tsx";
import { useWords } from "./words.tsx";

export type MyMembership = AnswerOf<typeof api.people.myInstitutions>["items"][number]["memberships"][number];

/** The rule of the server, asked with the memberships that the server lists as not ended. It only decides what to show. */
export const mayI = (memberships: readonly MyMembership[], permission: Permission, productId?: string): boolean =>
  may(
    memberships.map((m) => ({ ...m, beginsAt: new Date(m.beginsAt), endsAt: m.endsAt ? new Date(m.endsAt) : null })),
    permission,
    new Date(),
    productId,
  );

/** Loaded by who is refused, and by nobody else. */
export const WhyNot = lazy(async () => ({ default: (await import("../people/WhyNot.tsx")).WhyNot }));

/**
 * An act and the permission that it needs. Who lacks the permission finds the same words, locked: reachable with the keyboard,
 * saying what is missing, and opening who can give it. While nothing is known yet, nothing is shown.
 */
export const May = ({
  memberships,
  permission,
  productId,
  label,
  about,
  className = "btn plain",
  children,
}: {
  memberships: readonly MyMembership[] | undefined;
  permission: Permission;
  /** For a permission of each product: on which one. */
  productId?: string;
  label: string;
  /** What the act is about, for who does not see the row. */
  about?: string;
  className?: string;
  children: ReactNode;
}) =>
  memberships === undefined ? null : mayI(memberships, permission, productId) ? (
    children
  ) : (
    <LockedButton
      permission={permission}
      label={label}
      className={className}
      {...(productId ? { productId } : {})}
      {...(about ? { about } : {})}
    />
  );

export const LockedButton = ({
  permission,
  productId,
  label,
  about,
  className = "btn plain",
}: {
  permission: Permission;
  productId?: string;
  label: string;
  about?: string;
  className?: string;
}) => {
  const { kit } = useWords().screens;
  const id = useId();
  const [open, setOpen] = useState(false);
  const name = kit.permissionName[permission] ?? permission;
  return (
    <>
      <button
        type="button"
        className={`${className.replace("main", "plain")} locked-act`}
        aria-disabled="true"
        aria-haspopup="dialog"
        aria-describedby={id}
        onClick={() => setOpen(true)}
      >
        <Icon name="lock" small /> {label}
        {about ? <span className="hidden">: {about}</span> : null}
      </button>
      <span className="hidden" id={id}>
        {kit.lockedAct(name)}
      </span>
      <WhyNotDialog
        permission={permission}
        {...(productId ? { productId } : {})}
        open={open}
        onClose={() => setOpen(false)}
      />
    </>
  );
};

/** "Perché non posso?", from wherever it is asked. */
export const WhyNotDialog = ({
  permission,
  productId,
  open,
  onClose,
}: {
  permission: Permission;
  productId?: string;
  open: boolean;
  onClose: () => void;
}) => {
  const { kit } = useWords().screens;
  const { institutionId } = useParams({ strict: false });
  // Outside whatever form it is asked from: a form stands in no other.
  return institutionId
    ? createPortal(
        <Dialog title={kit.refusedTitle(kit.permissionName[permission] ?? permission)} open={open} onClose={onClose}>
          <Suspense fallback={null}>
            <WhyNot institutionId={institutionId} permission={permission} {...(productId ? { productId } : {})} />
          </Suspense>
        </Dialog>,
        document.body,
      )
    : null;
};

/**
 * May somebody go on with what they have begun? A permission that is taken away in the middle of a form leaves the form there:
 * nothing typed is lost, and the server refuses, saying whom to ask.
 */
export const useOnceAllowed = (now: boolean): boolean => {
  const [allowed, setAllowed] = useState(now);
  if (now && !allowed) setAllowed(true);
  return now || allowed;
};
