import { useEffect, useState } from "react";

/** The value once it has stopped changing for a moment: what as-you-type searches ask with. */
export const useSettled = <T>(value: T, milliseconds = 200): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
};
