import { api, staffMay } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useCall } from "../kit/call.ts";
import { Bones, Chip, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Shield } from "../kit/Shield.tsx";
import { productTone } from "../kit/states.ts";
import { useWords } from "../kit/words.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** The card of an institution, for who helps it. */
export const Institution = () => {
  const { screens, day } = useWords();
  const words = useStaffWords();
  const say = words.institution;
  const { institutionId } = useParams({ from: "/staff/enti/$institutionId" });
  const me = useCall(api.staff.me, {});
  const institution = useCall(api.institutions.readByStaff, { params: { institutionId } });
  const one = institution.data;
  const maySeeHistory = me.data ? staffMay(me.data.profiles, "staff:audit-trail:read") : false;
  return (
    <>
      <PageTitle
        title={one?.name ?? "…"}
        before={one ? <Shield taxCode={one.taxCode} /> : undefined}
        acts={
          <>
            {maySeeHistory ? (
              <Link className="btn plain" to="/staff/enti/$institutionId/storia" params={{ institutionId }}>
                {say.history}
              </Link>
            ) : null}
            <Link className="btn text" to="/staff/enti">
              {say.all}
            </Link>
          </>
        }
      />
      {one ? (
        <Note level={2} tone="progress" icon="eye" title={say.opened(words.purposes.support)}>
          {null}
        </Note>
      ) : null}
      {institution.isPending ? (
        <Sheet title={say.data}>
          <Bones what={say.data} />
        </Sheet>
      ) : null}
      {institution.isError ? (
        <Sheet title={say.data}>
          <StaffRefusal error={institution.error} retry={() => void institution.refetch()} />
        </Sheet>
      ) : null}
      {one ? (
        <>
          <Sheet title={say.data}>
            <div className="body">
              <dl className="facts">
                {[
                  [say.taxCode, one.taxCode, "code"],
                  [say.ipaCode, one.ipaCode, "code"],
                  [say.pec, one.pec, ""],
                  [say.address, [one.address, one.zipCode, one.city].filter(Boolean).join(", "), ""],
                  [say.registry, one.registry ? say.readOn(day(one.registry.readAt)) : null, ""],
                ].map(([label, value, kind]) =>
                  value ? (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>{kind ? <span className={kind}>{value}</span> : value}</dd>
                    </div>
                  ) : null,
                )}
              </dl>
            </div>
          </Sheet>
          <Sheet title={say.products} count={one.products.length}>
            {one.products.length === 0 && one.awaiting.length === 0 ? (
              <StateBox icon="box" title={say.emptyTitle}>
                <p>{say.empty}</p>
              </StateBox>
            ) : null}
            <ul className="rows people">
              {one.products.map((product) => (
                <li key={product.productId}>
                  <div>
                    <h3>{product.title}</h3>
                    <p className="s muted">{say.since(day(product.activeSince))}</p>
                  </div>
                  <Chip tone={productTone[product.state]}>{say.states[product.state]}</Chip>
                </li>
              ))}
              {one.awaiting.map((onboarding) => (
                <li key={onboarding.onboardingId}>
                  <div>
                    <h3>{onboarding.title}</h3>
                    <p className="s muted">
                      {onboarding.expiresAt ? say.until(day(onboarding.expiresAt)) : say.preparing}
                    </p>
                  </div>
                  <Chip tone="progress">{screens.onboardingStates[onboarding.state]}</Chip>
                </li>
              ))}
            </ul>
          </Sheet>
        </>
      ) : null}
    </>
  );
};
