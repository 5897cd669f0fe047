import { Problem } from "@area/api";

/**
 * How much of what is being uploaded may be in memory at once. Whoever finds no room waits, unread, while TCP holds the
 * sender back; whoever would wait too long is told to come back. So a hundred files at once cost time, not memory.
 */
export interface UploadRoom {
  /** Waits for room; call what it answers when the file is no longer needed. Refuses with `temporarily-unavailable`. */
  enter(bytes: number): Promise<() => void>;
}

export const uploadRoom = (settings: { bytes: number; waiting: number; milliseconds: number }): UploadRoom => {
  let free = settings.bytes;
  const queue: { bytes: number; admit: () => void }[] = [];
  const admitNext = () => {
    // In order: a large file is not overtaken for ever by small ones.
    while (queue[0] && queue[0].bytes <= free) {
      const next = queue.shift()!;
      free -= next.bytes;
      next.admit();
    }
  };
  const leaving = (bytes: number) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      free += bytes;
      admitNext();
    };
  };
  return {
    enter: async (wanted) => {
      const bytes = Math.min(wanted, settings.bytes);
      if (queue.length === 0 && bytes <= free) {
        free -= bytes;
        return leaving(bytes);
      }
      if (queue.length >= settings.waiting) throw new Problem("temporarily-unavailable");
      await new Promise<void>((resolve, reject) => {
        const place = {
          bytes,
          admit: () => {
            clearTimeout(timer);
            resolve();
          },
        };
        const timer = setTimeout(() => {
          queue.splice(queue.indexOf(place), 1);
          admitNext();
          reject(new Problem("temporarily-unavailable"));
        }, settings.milliseconds);
        queue.push(place);
      });
      return leaving(bytes);
    },
  };
};
