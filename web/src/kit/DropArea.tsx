import { type ReactNode, useId, useState } from "react";
import { Icon } from "./pieces.tsx";

/** Where a file is let fall, or chosen: the same for a mouse, a finger and the keyboard. */
export const DropArea = ({
  label,
  drop,
  choose,
  help,
  accept,
  busy,
  onFile,
  children,
}: {
  label: string;
  drop: string;
  choose: string;
  help: string;
  accept: string;
  busy: boolean;
  onFile: (file: File) => void;
  children?: ReactNode;
}) => {
  const field = useId();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letting a file fall is a second way; the field inside is the first
    <div
      className={`drop${over ? " over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file && !busy) onFile(file);
      }}
    >
      <Icon name="upload" />
      <p>
        {drop}{" "}
        <label htmlFor={field} className="as-link">
          {choose}
        </label>
      </p>
      <input
        id={field}
        className="hidden"
        type="file"
        accept={accept}
        aria-label={label}
        aria-describedby={`${field}-h`}
        disabled={busy}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
      <p className="hint" id={`${field}-h`}>
        {help}
      </p>
      {children}
    </div>
  );
};
