import { api, type Environment, type FieldRule, type NodeFileReport, type NodeVerdict, nodeVerdicts } from "@area/api";
import { useState } from "react";
import { useSend } from "../kit/call.ts";
import { csvFile } from "../kit/csv.ts";
import { DropArea } from "../kit/DropArea.tsx";
import { lazyWords } from "../kit/lazy-words.tsx";
import { Chip, Icon, Note, PageTitle, Sheet, type Tone } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { saveFile } from "../kit/save.ts";
import { useWords } from "../kit/words.tsx";

const { Provider, use: useNodeFileWords } = lazyWords({
  it: () => import("@area/words/node-files/it"),
  en: () => import("@area/words/node-files/en"),
  de: () => import("@area/words/node-files/de"),
  fr: () => import("@area/words/node-files/fr"),
  sl: () => import("@area/words/node-files/sl"),
});
const tone: Record<NodeVerdict, Tone> = {
  accepted: "positive",
  warning: "attention",
  quarantined: "progress",
  refused: "critical",
};

/** The node's files of mass load, tried before anybody loads them. */
export const NodeFiles = () => (
  <Provider>
    <Content />
  </Provider>
);

const Content = () => {
  const { screens } = useWords();
  const say = useNodeFileWords();
  const problem = useProblemText();
  const [environment, setEnvironment] = useState<Environment>("test");
  const check = useSend(api.pagopa.nodeFiles.check);
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.lead}</p>
      </PageTitle>
      {check.isError ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(check.error).title}>
          <p>{problem(check.error).detail}</p>
        </Note>
      ) : null}
      <Sheet title={say.title}>
        <div className="body stack">
          <fieldset>
            <legend>{say.env}</legend>
            <div className="choices">
              {(["test", "production"] as const).map((one) => (
                <label className="choice" key={one}>
                  <input
                    type="radio"
                    name="environment"
                    checked={environment === one}
                    onChange={() => setEnvironment(one)}
                  />
                  <span>{screens.ibans.environments[one]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <DropArea
            label={say.choose}
            drop={say.drop}
            choose={say.choose}
            help={say.help}
            accept=".csv,.xml,.zip,text/csv,application/xml,application/zip"
            busy={check.isPending}
            onFile={(file) => check.mutate({ query: { environment }, body: {}, file, fileName: file.name })}
          >
            <p role="status">
              {check.isPending ? (
                <>
                  {say.checking} <progress aria-label={say.checking} />
                </>
              ) : null}
            </p>
          </DropArea>
        </div>
      </Sheet>
      {check.data ? <Report of={check.data} /> : null}
    </>
  );
};

const MOST = 200;
const Report = ({ of }: { of: NodeFileReport }) => {
  const { problems } = useWords();
  const say = useNodeFileWords();
  const [shown, setShown] = useState(MOST);
  const why = (line: NodeFileReport["lines"][number]): string[] =>
    line.problems.map((p) =>
      p.code === "iban-wrong"
        ? (problems.fields[p.facts["rule"] as FieldRule]?.(p.facts) ?? say.problems["iban-wrong"]())
        : say.problems[p.code](p.facts),
    );
  const download = () =>
    saveFile(
      csvFile([
        [say.row, say.who, say.verdict, say.why],
        ...of.lines.map((line) => [
          line.file ? `${line.file} ${line.line}` : line.line,
          `${line.taxCode} ${line.subject}`,
          say.verdicts[line.verdict],
          why(line).join(" # "),
        ]),
      ]),
      "verdetti-nodo.csv",
    );
  return (
    <Sheet
      title={say.kinds[of.kind]}
      beside={
        <button type="button" className="push s as-link" onClick={download}>
          <Icon name="download" small /> {say.download}
        </button>
      }
    >
      <div className="body stack">
        <dl className="facts">
          {nodeVerdicts.map((verdict) => (
            <div key={verdict}>
              <dt>{say.verdicts[verdict]}</dt>
              <dd>{of.counts[verdict] ?? 0}</dd>
            </div>
          ))}
        </dl>
        <p className="xs quiet">
          {say.digest} <span className="code">{of.sha256}</span>
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard */}
      <section className="table-box" aria-label={say.report} tabIndex={0}>
        <table className="cards">
          <thead>
            <tr>
              <th scope="col">{say.row}</th>
              <th scope="col">{say.who}</th>
              <th scope="col">{say.verdict}</th>
              <th scope="col">{say.why}</th>
            </tr>
          </thead>
          <tbody>
            {of.lines.slice(0, shown).map((line) => (
              <tr key={line.number}>
                <th scope="row">
                  {line.line}
                  {line.file ? <small>{line.file}</small> : null}
                </th>
                <td>
                  <span className="code">{line.taxCode || "—"}</span>
                  <small className="code">{line.subject}</small>
                </td>
                <td>
                  <Chip tone={tone[line.verdict]}>{say.verdicts[line.verdict]}</Chip>
                </td>
                <td>{line.problems.length === 0 ? say.fine : why(line).map((one) => <p key={one}>{one}</p>)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {of.lines.length > shown ? <MoreRows onMore={() => setShown(shown + MOST)} /> : null}
    </Sheet>
  );
};
const MoreRows = ({ onMore }: { onMore: () => void }) => {
  const { screens } = useWords();
  return (
    <div className="pager">
      <button type="button" className="btn plain s" onClick={onMore}>
        {screens.kit.more}
      </button>
    </div>
  );
};
