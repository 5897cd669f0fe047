import {
  type DelegationEnvironment,
  delegable,
  delegationEnvironments,
  delicatePermissions,
  type Permission,
} from "@area/api";
import { useId } from "react";
import { useWords } from "../kit/words.tsx";
import { useDelegationWords } from "./words.tsx";

export type TypedScope = {
  environment: DelegationEnvironment;
  permissions: Permission[];
  endsOn: string;
  aggregates: boolean;
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
