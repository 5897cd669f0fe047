import { api, type Invitation } from "@area/api";
import { queries, usePages, useSend } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Bones, Chip, Sheet, StateBox, type Tone } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { useWhere } from "./Held.tsx";
import { usePeopleWords } from "./words.tsx";

const tone: Record<Invitation["state"], Tone> = {
  pending: "progress",
  accepted: "positive",
  revoked: "neutral",
  expired: "attention",
};

/** Who was invited, from the latest; what still waits can be sent again or taken back. */
export const Invitations = () => {
  const { screens } = useWords();
  const say = usePeopleWords().invitations;
  const institutionId = useInstitutionId();
  const pages = usePages(api.people.invitations.list, { params: { institutionId }, query: { limit: 10 } });
  return (
    <Sheet title={say.list}>
      {pages.isPending ? <Bones what={say.list} rows={1} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="mail" title={say.emptyTitle}>
          <p>{say.empty}</p>
        </StateBox>
      ) : null}
      <ul className="rows topics">
        {pages.items.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};

const Row = ({ one }: { one: Invitation }) => {
  const { screens, day } = useWords();
  const say = usePeopleWords().invitations;
  const where = useWhere();
  const institutionId = useInstitutionId();
  const params = { institutionId, invitationId: one.id };
  const act = { memberships: useMine().data?.memberships, permission: "institution:people:write" } as const;
  const fresh = () => void queries.invalidateQueries({ queryKey: ["pages", api.people.invitations.list.path] });
  const name = `${one.givenName} ${one.familyName}`;
  const resend = useSend(api.people.invitations.resend, {
    onSuccess: (sent) => {
      toast(say.resent(sent.email));
      fresh();
    },
  });
  const revoke = useSend(api.people.invitations.revoke, {
    onSuccess: () => {
      toast(say.revoked(name));
      fresh();
    },
  });
  const failed = resend.error ?? revoke.error;
  const waiting = one.state === "pending" || one.state === "expired";
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <p className="s muted">
          {one.email} · {one.offers.map((o) => `${profileName(screens, o)} ${where(o.productId)}`).join(", ")}
        </p>
        <p className="xs quiet">
          {say.sent(one.invitedBy, day(one.invitedAt))}
          {one.state === "pending" ? ` · ${say.expires(day(one.expiresAt))}` : ""}
        </p>
        {failed ? <RefusalNote error={failed} /> : null}
      </div>
      <div className="row">
        <Chip tone={tone[one.state]}>{say.states[one.state]}</Chip>
        {waiting ? (
          <>
            <May {...act} label={say.resend} about={name} className="btn plain s">
              <button type="button" className="btn plain s" onClick={() => resend.mutate({ params })}>
                {say.resend}
                <span className="hidden">: {name}</span>
              </button>
            </May>
            <May {...act} label={say.revoke} about={name} className="btn text s">
              <button type="button" className="btn text s" onClick={() => revoke.mutate({ params })}>
                {say.revoke}
                <span className="hidden">: {name}</span>
              </button>
            </May>
          </>
        ) : null}
      </div>
    </li>
  );
};
