import { api, type SettingsChange } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { queries, useCall, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Bones, Chip, PageTitle, Sheet } from "../kit/pieces.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { said, textsOf } from "./declared.ts";
import { versionTone } from "./ProductSettingsPage.tsx";
import { SettingsWordsProvider, useSettingsWords } from "./words.tsx";

/** One change: what is different, all that is asked for, and the decision. */
export const SettingsChangePage = () => (
  <SettingsWordsProvider>
    <Content />
  </SettingsWordsProvider>
);

const Content = () => {
  const { day, time } = useWords();
  const words = useSettingsWords();
  const say = words.staff;
  const params = useParams({ from: "/staff/impostazioni/$productId/$changeId" });
  const found = useCall(api.settings.review.read, { params });
  const one = found.data;
  if (!one)
    return (
      <>
        <PageTitle title={say.title} />
        <Sheet title={say.changed}>
          {found.isPending ? <Bones what={say.changed} rows={4} /> : null}
          {found.isError ? <StaffRefusal error={found.error} retry={() => void found.refetch()} /> : null}
        </Sheet>
      </>
    );
  return (
    <>
      <PageTitle title={one.institution.name} documentTitle={`${one.institution.name}, ${one.product.title}`}>
        <p>
          {one.product.title} · {words.version(one.number)} · {one.submittedBy},{" "}
          {say.since(day(one.submittedAt), time(one.submittedAt))}{" "}
          <Chip tone={versionTone[one.state]}>{words.states[one.state]}</Chip>
        </p>
      </PageTitle>
      <Values title={say.changed} one={one} places={one.changed} />
      {one.state === "waiting" ? <Decision one={one} /> : null}
      <Values
        title={say.all}
        one={one}
        places={one.schema["x-order"].flatMap((step) =>
          one.schema.properties[step]!["x-order"].map((field) => `${step}/${field}`),
        )}
      />
      <p className="below">
        <Link to="/staff/impostazioni">{say.back}</Link>
      </p>
    </>
  );
};

const Values = ({ title, one, places }: { title: string; one: SettingsChange; places: string[] }) => {
  const { language } = useWords();
  const words = useSettingsWords();
  const say = words.staff;
  return (
    <Sheet title={title} className="below">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard */}
      <section className="table-box" aria-label={`${title}, ${one.product.title}`} tabIndex={0}>
        <table className="cards">
          <caption className="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{say.field}</th>
              <th scope="col">{say.before}</th>
              <th scope="col">{say.after}</th>
            </tr>
          </thead>
          <tbody>
            {places.map((place) => {
              const [step, field] = place.split("/") as [string, string];
              const declared = one.schema.properties[step]?.properties[field];
              const shown = (value: unknown) => said(value, words) || say.nothing;
              return (
                <tr key={place}>
                  <th scope="row">
                    {declared ? textsOf(declared, language).title : field}
                    <small>
                      {one.schema.properties[step] ? textsOf(one.schema.properties[step], language).title : step}
                    </small>
                  </th>
                  <td data-label={`${say.before}:`}>{shown(one.before?.[step]?.[field])}</td>
                  <td data-label={`${say.after}:`}>{shown(one.values[step]?.[field])}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Sheet>
  );
};

const Decision = ({ one }: { one: SettingsChange }) => {
  const say = useSettingsWords().staff;
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const params = { productId: one.product.id, changeId: one.changeId };
  const after = (text: string) => () => {
    toast(text);
    setAsking(false);
    void queries.invalidateQueries();
  };
  const approve = useSend(api.settings.review.approve, { onSuccess: after(say.approved) });
  const refuse = useSend(api.settings.review.refuse, { onSuccess: after(say.refused) });
  const failed = approve.error ?? refuse.error;
  return (
    <>
      <div className="row below">
        <button
          type="button"
          className="btn main"
          aria-disabled={approve.isPending}
          onClick={() => approve.mutate({ params })}
        >
          {say.approve}
        </button>
        <button type="button" className="btn plain" onClick={() => setAsking(true)}>
          {say.refuse}
        </button>
      </div>
      {failed && !asking ? <StaffRefusal error={failed} /> : null}
      <Dialog
        title={say.refuseTitle}
        open={asking}
        onClose={() => setAsking(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(false)}>
              {say.keep}
            </button>
            <button
              type="button"
              className="btn main"
              aria-disabled={note.trim() === ""}
              onClick={() => {
                if (note.trim() !== "") refuse.mutate({ params, body: { note } });
              }}
            >
              {say.refuse}
            </button>
          </>
        }
      >
        <div className="field">
          <label htmlFor={id}>{say.note}</label>
          <textarea
            className="input"
            id={id}
            rows={4}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        {failed ? <StaffRefusal error={failed} /> : null}
      </Dialog>
    </>
  );
};
