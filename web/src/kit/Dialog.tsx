import { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "./pieces.tsx";
import { useWords } from "./words.tsx";

/** One decision. The title is the question, the buttons are the answers in verbs; focus on the title, Esc closes. */
export const Dialog = ({
  title,
  open,
  onClose,
  answers,
  className,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  answers?: ReactNode;
  className?: string;
  children: ReactNode;
}) => {
  const { screens } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const box = dialog.current;
    if (!box) return;
    if (open && !box.open) {
      box.showModal();
      heading.current?.focus();
    }
    if (!open && box.open) box.close();
  }, [open]);
  return (
    <dialog
      className={`box${className ? ` ${className}` : ""}`}
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onCancel={(event) => event.stopPropagation()}
    >
      <header>
        <h2 id={id} tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <button type="button" className="btn icon" onClick={onClose}>
          <Icon name="x" />
          <span className="hidden">{screens.kit.close}</span>
        </button>
      </header>
      <div className="body">{open ? children : null}</div>
      {answers ? <footer>{answers}</footer> : null}
    </dialog>
  );
};
