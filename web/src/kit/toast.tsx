import { useEffect, useRef, useSyncExternalStore } from "react";
import { Icon } from "./pieces.tsx";

/** What just happened, said once, bottom left, for 8 seconds; it stays while pointed at. Never for errors. */
let said: { text: string; id: number } | null = null;
const listeners = new Set<() => void>();
const set = (next: typeof said) => {
  said = next;
  for (const listener of listeners) listener();
};
export const say = (text: string): void => set({ text, id: (said?.id ?? 0) + 1 });

const SECONDS = 8;
export const Toasts = () => {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  const held = useRef(false);
  useEffect(() => {
    if (!current) return;
    let left = SECONDS;
    const timer = setInterval(() => {
      if (held.current) return;
      left -= 1;
      if (left <= 0) set(null);
    }, 1000);
    return () => clearInterval(timer);
  }, [current]);
  return (
    <div className="toast-place" role="status">
      {current ? (
        <div
          className="toast"
          key={current.id}
          onPointerEnter={() => {
            held.current = true;
          }}
          onPointerLeave={() => {
            held.current = false;
          }}
        >
          <Icon name="check" />
          <span>{current.text}</span>
        </div>
      ) : null}
    </div>
  );
};
