import {
  api,
  type DelegationEnvironment,
  delegable,
  delegationEnvironments,
  delicatePermissions,
  type Permission,
} from "@area/api";
import { useId, useState } from "react";
import { useCall } from "../kit/call.ts";
import { mayI } from "../kit/May.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { useDelegationWords } from "./words.tsx";

export type TypedScope = {
  environment: DelegationEnvironment;
  permissions: Permission[];
  endsOn: string;
  aggregates: boolean;
  /** Codes of stations as they are typed; empty: no limit. */
  only: string;
};

/** What is typed, as the promise wants it. */
export const onlyIn = (typed: string): string[] | null => {
  const codes = typed
    .split(/[\s,;]+/)
    .map((code) => code.trim())
    .filter(Boolean);
  return codes.length > 0 ? codes : null;
};

/** Where, what and until when: the built-in profile of a partner is chosen, and what is delicate says how it is given. */
export const ScopeFields = ({
  productId,
  scope,
  held = [],
  joinsForOthers = false,
  onChange,
}: {
  productId: string;
  scope: TypedScope;
  /** What the delegation has already: what is delicate stays, or goes. */
  held?: readonly Permission[];
  /** On this product an institution may join for others: the partner may serve those too. */
  joinsForOthers?: boolean;
  onChange: (scope: TypedScope) => void;
}) => {
  const { screens } = useWords();
  const words = useDelegationWords();
  const say = words.offer;
  const id = useId();
  const may = delegable(productId);
  const toggle = (permission: Permission) =>
    onChange({
      ...scope,
      permissions: scope.permissions.includes(permission)
        ? scope.permissions.filter((p) => p !== permission)
        : [...scope.permissions, permission],
    });
  return (
    <div className="stack">
      <fieldset>
        <legend>{say.where}</legend>
        <div className="choices three">
          {delegationEnvironments.map((environment) => (
            <label className="choice" key={environment}>
              <input
                type="radio"
                name={`${id}-where`}
                checked={scope.environment === environment}
                onChange={() => onChange({ ...scope, environment })}
              />
              <span>
                <b>{words.environments[environment]}</b>
                <small>{words.environmentsWhy[environment]}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{say.what}</legend>
        <p className="hint">{may.length > 0 ? say.profile : words.everything}</p>
        <div className="choices">
          {may.map((permission) => {
            const apart = delicatePermissions.includes(permission) && !held.includes(permission);
            return (
              <label className="choice" key={permission}>
                <input
                  type="checkbox"
                  checked={scope.permissions.includes(permission)}
                  aria-disabled={apart}
                  onChange={() => {
                    if (!apart) toggle(permission);
                  }}
                />
                <span>
                  <b>{screens.kit.permissionName[permission]}</b>
                  {apart ? <small>{say.delicate}</small> : null}
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      {productId === "pagopa" ? <Only scope={scope} onChange={onChange} /> : null}
      {joinsForOthers || scope.aggregates ? (
        <label className="choice">
          <input
            type="checkbox"
            checked={scope.aggregates}
            onChange={(event) => onChange({ ...scope, aggregates: event.target.checked })}
          />
          <span>
            <b>{words.chain.label}</b>
            <small>{words.chain.help}</small>
          </span>
        </label>
      ) : null}
      <div className="field">
        <label htmlFor={`${id}-end`}>
          {say.ends} <span className="opt">{screens.kit.optional}</span>
        </label>
        <input
          id={`${id}-end`}
          className="input"
          type="date"
          value={scope.endsOn}
          onChange={(event) => onChange({ ...scope, endsOn: event.target.value })}
        />
        <p className="hint">{say.endsHelp}</p>
      </div>
    </div>
  );
};

/** "Solo su": all that the institution has, or the stations that are named; those it has itself are there to be ticked. */
const Only = ({ scope, onChange }: { scope: TypedScope; onChange: (scope: TypedScope) => void }) => {
  const say = useDelegationWords().only;
  const id = useId();
  const institutionId = useInstitutionId();
  const memberships = useMine().data?.memberships;
  const sees = memberships !== undefined && mayI(memberships, "pagopa:stations:read");
  const stations = useCall(
    api.pagopa.stations.list,
    {
      params: { institutionId },
      query: { environment: scope.environment === "test" ? "test" : "production", limit: 50 },
    },
    { enabled: sees },
  );
  const own = stations.data?.items ?? [];
  const [some, setSome] = useState(scope.only !== "");
  const chosen = onlyIn(scope.only) ?? [];
  const toggle = (code: string) =>
    onChange({
      ...scope,
      only: (chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]).join(", "),
    });
  return (
    <fieldset className="stack">
      <legend>{say.title}</legend>
      <div className="choices">
        <label className="choice">
          <input
            type="radio"
            name={`${id}-only`}
            checked={!some}
            onChange={() => {
              setSome(false);
              onChange({ ...scope, only: "" });
            }}
          />
          <span>{say.all}</span>
        </label>
        <label className="choice">
          <input type="radio" name={`${id}-only`} checked={some} onChange={() => setSome(true)} />
          <span>{say.some}</span>
        </label>
      </div>
      {some && own.length > 0 ? (
        <div className="choices">
          {own.map((one) => (
            <label className="choice" key={one.code}>
              <input type="checkbox" checked={chosen.includes(one.code)} onChange={() => toggle(one.code)} />
              <span>
                <b className="code">{one.code}</b>
                <small>{one.description}</small>
              </span>
            </label>
          ))}
        </div>
      ) : null}
      {some ? (
        <div className="field">
          <label htmlFor={`${id}-codes`}>{say.codes}</label>
          <input
            id={`${id}-codes`}
            className="input code"
            maxLength={2000}
            aria-describedby={`${id}-help`}
            value={scope.only}
            onChange={(event) => onChange({ ...scope, only: event.target.value })}
          />
          <p className="hint" id={`${id}-help`}>
            {say.help}
          </p>
        </div>
      ) : null}
    </fieldset>
  );
};
