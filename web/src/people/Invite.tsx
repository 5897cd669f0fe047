import { api, NewInvitation } from "@area/api";
import { Link, useNavigate } from "@tanstack/react-router";
import { useFieldArray } from "react-hook-form";
import { z } from "zod";
import { queries, useSend } from "../kit/call.ts";
import { Field } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { mayI, useOnceAllowed } from "../kit/May.tsx";
import { Icon, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Locked, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { emptyOffer, OfferFields, offerOf, type TypedOffer } from "./OfferFields.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

type Typed = {
  givenName: string;
  familyName: string;
  fiscalCode: string;
  email: string;
  offers: TypedOffer[];
};
const bodyOf = (typed: Typed) => ({ ...typed, offers: typed.offers.map(offerOf) });
const TypedInvitation = z.preprocess((typed) => bodyOf(typed as Typed), NewInvitation);
const MOST_OFFERS = 10;

/** Who is invited, and what they will hold. The link leaves by mail, after the server has agreed. */
export const Invite = () => (
  <PeopleWordsProvider>
    <Content />
  </PeopleWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const say = usePeopleWords().invite;
  const person = screens.onboarding.person;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const navigate = useNavigate();
  const { form, sent, showWrong } = useEndpointForm<Typed>(TypedInvitation, {
    givenName: "",
    familyName: "",
    fiscalCode: "",
    email: "",
    offers: [emptyOffer],
  });
  const offers = useFieldArray({ control: form.control, name: "offers" });
  const invite = useSend(api.people.invitations.invite);
  const submit = form.handleSubmit((values) => {
    if (invite.isPending) return;
    invite.mutate(
      {
        params: { institutionId },
        body: bodyOf(sent(values)) as unknown as Parameters<typeof invite.mutate>[0]["body"],
      },
      {
        onSuccess: (made) => {
          toast(say.sent(made.email));
          void queries.invalidateQueries({ queryKey: ["pages", api.people.invitations.list.path] });
          void navigate({ to: "/enti/$institutionId/utenti", params: { institutionId } });
        },
        onError: showWrong,
      },
    );
  });
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], "institution:people:write"));
  const refused = invite.error && !Object.keys(form.formState.errors).length ? invite.error : null;
  if (mine.isSuccess && !allowed)
    return (
      <>
        <PageTitle title={say.title} />
        <Sheet title={say.who}>
          <Locked permission="institution:people:write" />
        </Sheet>
      </>
    );
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Sheet title={say.who}>
          <div className="body">
            <div className="fields">
              <Field form={form} name="givenName" label={person.givenName} maxLength={80} />
              <Field form={form} name="familyName" label={person.familyName} maxLength={80} />
              <Field
                form={form}
                name="fiscalCode"
                label={person.fiscalCode}
                help={say.fiscalCodeHelp}
                code
                autoCapitalize="characters"
                maxLength={20}
              />
              <Field form={form} name="email" label={person.email} help={say.emailHelp} type="email" maxLength={320} />
            </div>
          </div>
        </Sheet>
        <Sheet title={say.what}>
          <div className="body stack">
            {offers.fields.map((one, n) => (
              <div className="stack" key={one.id}>
                <OfferFields form={form} prefix={`offers.${n}.`} />
                {offers.fields.length > 1 ? (
                  <button type="button" className="btn text s" onClick={() => offers.remove(n)}>
                    <Icon name="x" small /> {say.without(n + 1)}
                  </button>
                ) : null}
              </div>
            ))}
            {offers.fields.length < MOST_OFFERS ? (
              <button type="button" className="btn plain s" onClick={() => offers.append(emptyOffer)}>
                <Icon name="plus" small /> {say.another}
              </button>
            ) : null}
            {refused ? <RefusalNote error={refused} /> : null}
          </div>
          <footer className="row">
            <Link className="btn text" to="/enti/$institutionId/utenti" params={{ institutionId }}>
              {say.cancel}
            </Link>
            <button type="submit" className="btn main push" aria-disabled={invite.isPending}>
              {say.send}
            </button>
          </footer>
        </Sheet>
      </form>
    </>
  );
};
