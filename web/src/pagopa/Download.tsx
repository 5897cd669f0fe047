import type { AnyEndpoint, CallInput } from "@area/api";
import { fillPath } from "@area/api";
import { call } from "../kit/call.ts";
import { Icon } from "../kit/pieces.tsx";
import { useMandateId } from "../shell/mandate.ts";

/** A file that travels while it is read. Under a mandate the request must say so, and a link cannot: it is fetched first. */
export const Download = <E extends AnyEndpoint>({
  endpoint,
  input,
  name,
  label,
}: {
  endpoint: E;
  input: CallInput<E>;
  name: string;
  label: string;
}) => {
  const mandate = useMandateId();
  const query = new URLSearchParams(
    Object.entries((input as { query?: Record<string, unknown> }).query ?? {})
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, String(v)]),
  );
  const path = fillPath(endpoint.path, (input as { params?: Record<string, unknown> }).params);
  const save = async () => {
    const url = URL.createObjectURL((await call(endpoint, input)) as unknown as Blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  };
  return mandate ? (
    <button type="button" className="btn plain" onClick={() => void save()}>
      <Icon name="download" /> {label}
    </button>
  ) : (
    <a className="btn plain" href={`/api/v1${path}?${query.toString()}`} download>
      <Icon name="download" /> {label}
    </a>
  );
};
