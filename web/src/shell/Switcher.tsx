import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { usePages } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Matched } from "../kit/Matched.tsx";
import { Bones, Chip, Icon } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { Shield } from "../kit/Shield.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { rememberMine } from "./institution.ts";

/** Another institution without leaving the keyboard. */
export const Switcher = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { screens } = useWords();
  return (
    <Dialog open={open} onClose={onClose} title={screens.institutions.switchTitle} className="switcher">
      <Choices onClose={onClose} />
    </Dialog>
  );
};

const Choices = ({ onClose }: { onClose: () => void }) => {
  const { screens } = useWords();
  const say = screens.institutions;
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const pages = usePages(api.people.myInstitutions, { query: { search: search || undefined, limit: 20 } });
  const mandates = usePages(api.delegations.mandates.list, { query: { search: search || undefined, limit: 20 } });
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);

  const links = () => [...(list.current?.querySelectorAll("a") ?? [])];
  const move = (event: KeyboardEvent) => {
    const all = links();
    const at = all.findIndex((link) => link === document.activeElement);
    if (event.key === "ArrowDown") (all[at + 1] ?? all[0])?.focus();
    else if (event.key === "ArrowUp") (at <= 0 ? field.current : all[at - 1])?.focus();
    else if (event.key === "Enter" && event.target === field.current) all[0]?.click();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a convenience; every link is reachable by Tab
    <div onKeyDown={move}>
      <div className="search">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          autoComplete="off"
          aria-label={say.search}
          placeholder={say.search}
          value={typed}
          maxLength={100}
          ref={(element) => {
            if (element && field.current !== element) element.focus();
            field.current = element;
          }}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <p className="s muted counted" role="status">
        {pages.isSuccess && mandates.isSuccess
          ? pages.hasNextPage || mandates.hasNextPage
            ? say.moreThan(pages.items.length + mandates.items.length)
            : say.results(pages.items.length + mandates.items.length)
          : ""}
      </p>
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Bones what={say.mine} /> : null}
      <div ref={list}>
        <ul className="rows">
          {pages.items.map((one) => (
            <li key={one.id}>
              <Link
                to="/enti/$institutionId"
                params={{ institutionId: one.id }}
                search={{ mandato: "none" }}
                onClick={(event) => {
                  rememberMine(one);
                  if (!event.ctrlKey && !event.metaKey) onClose();
                }}
              >
                <Shield taxCode={one.taxCode} />
                <span>
                  <b>
                    <Matched text={one.name} search={search} />
                  </b>
                  <small className="quiet">
                    <span className="code">
                      <Matched text={one.taxCode} search={search} />
                    </span>
                    {one.city ? ` · ${one.city}` : ""}
                  </small>
                </span>
                {one.findings > 0 ? <Chip tone="attention">{screens.shell.toDo(one.findings)}</Chip> : null}
              </Link>
            </li>
          ))}
        </ul>
        {mandates.items.length > 0 ? (
          <>
            <h3 className="s muted">
              {screens.mandates.through} {[...new Set(mandates.items.map((m) => m.partner.name))].join(", ")}
            </h3>
            <ul className="rows">
              {mandates.items
                .filter((m) => m.state === "active")
                .map((m) => (
                  <li key={m.delegationId}>
                    <Link
                      to="/enti/$institutionId"
                      params={{ institutionId: m.institution.id }}
                      search={{ mandato: m.delegationId }}
                      onClick={(event) => {
                        if (!event.ctrlKey && !event.metaKey) onClose();
                      }}
                    >
                      <Shield taxCode={m.institution.taxCode} />
                      <span>
                        <b>
                          <Matched text={m.institution.name} search={search} />
                        </b>
                        <small className="quiet">
                          <span className="code">
                            <Matched text={m.institution.taxCode} search={search} />
                          </span>{" "}
                          · {screens.mandates.env[m.environment]}
                        </small>
                      </span>
                      {m.findings.length > 0 ? (
                        <Chip tone="attention">{screens.shell.toDo(m.findings.length)}</Chip>
                      ) : null}
                    </Link>
                  </li>
                ))}
            </ul>
          </>
        ) : null}
      </div>
      <p className="xs quiet">{say.switchHint}</p>
      <p className="s">
        <Link to="/enti" onClick={onClose}>
          {say.allMine}
        </Link>
      </p>
    </div>
  );
};
