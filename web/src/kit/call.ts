import { type AnswerOf, type AnyEndpoint, type Call, type CallInput, client, isProblem, type Problem } from "@area/api";
import {
  MutationCache,
  QueryCache,
  QueryClient,
  type UseMutationOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { config } from "zod";
import { sessionEnded } from "./session-end.ts";

// The content policy forbids code from strings; zod would try it once to see.
config({ jitless: true });

const send = client({ base: "/api/v1" });

/** The delegation in this tab's address, on a page of this institution: it goes with every request for it, and with no other. */
export const mandateFor = (institutionId: unknown): string | undefined =>
  typeof institutionId === "string" && location.pathname.startsWith(`/enti/${institutionId}`)
    ? (new URLSearchParams(location.search).get("mandato") ?? undefined)
    : undefined;
const mandateOf = (input: object): string | undefined =>
  mandateFor((input as { params?: { institutionId?: unknown } }).params?.institutionId);

/** The one way to the server. */
export const call: Call = (endpoint, input) => {
  const mandate = mandateOf(input);
  return send(endpoint, mandate ? { ...input, mandate } : input);
};

/** Refused because who calls is no longer, or not yet, inside. */
const endsSession = (error: unknown): error is Problem => isProblem(error) && error.status === 401;
const watch = (error: unknown) => {
  if (endsSession(error)) sessionEnded(error.code === "session-missing" ? "missing" : "expired");
};

/** A refusal stays a refusal; only silence and faults of ours are worth asking again. */
const worthRetrying = (error: unknown): boolean => !isProblem(error) || error.status >= 500 || error.status === 429;

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: { staleTime: 20_000, retry: (count, error) => count < 2 && worthRetrying(error), networkMode: "always" },
    mutations: { networkMode: "always" },
  },
});

export const keyOf = <E extends AnyEndpoint>(endpoint: E, input?: Partial<CallInput<E>>): readonly unknown[] => {
  if (!input) return [endpoint.path];
  const mandate = mandateOf(input);
  return mandate ? [endpoint.path, input, { mandate }] : [endpoint.path, input];
};

/** Reads an endpoint and keeps it fresh. */
export const useCall = <E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: { enabled?: boolean; refetchInterval?: number | false; keepPrevious?: boolean } = {},
): UseQueryResult<AnswerOf<E>> => {
  const { keepPrevious, ...rest } = options;
  return useQuery<AnswerOf<E>>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, { ...input, signal }),
    ...(keepPrevious ? { placeholderData: (previous: AnswerOf<E> | undefined) => previous } : {}),
    ...rest,
  } as Parameters<typeof useQuery<AnswerOf<E>>>[0]);
};

/** Writes through an endpoint. */
export const useSend = <E extends AnyEndpoint>(
  endpoint: E,
  options: Pick<UseMutationOptions<AnswerOf<E>, Error, CallInput<E>>, "onSuccess" | "onError"> = {},
) => useMutation<AnswerOf<E>, Error, CallInput<E>>({ mutationFn: (input) => call(endpoint, input), ...options });

/** What a list holds. */
export type ItemOf<E> = AnswerOf<E> extends { items: (infer Item)[] } ? Item : never;

/** Reads a list page after page: the cursor comes from the server, and there is no page number. */
export const usePages = <E extends AnyEndpoint>(endpoint: E, input: CallInput<E>) => {
  type Page = { items: ItemOf<E>[]; next: string | null };
  const pages = useInfiniteQuery({
    queryKey: ["pages", ...keyOf(endpoint, input)],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<Page> =>
      (await call(endpoint, {
        ...input,
        query: { ...(input.query as object), cursor: pageParam },
        signal,
      } as CallInput<E>)) as unknown as Page,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (previous) => previous,
  });
  return { ...pages, items: pages.data?.pages.flatMap((page) => page.items) ?? [] };
};
