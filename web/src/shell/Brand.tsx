import { Link } from "@tanstack/react-router";
import { useWords } from "../kit/words.tsx";

export const Brand = ({ to = "/enti" }: { to?: "/enti" | "/staff/panoramica" }) => {
  const { screens } = useWords();
  return (
    <Link className="brand" to={to}>
      <svg className="arch" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z" />
        <path d="M9 22V11.5a3 3 0 0 1 6 0V22z" />
      </svg>{" "}
      <span>{screens.shell.product}</span>
    </Link>
  );
};
