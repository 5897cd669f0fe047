import { useWords } from "../kit/words.tsx";

/** The names in `data-element` are those that national checkers look for. */
export const Footer = () => {
  const { footer } = useWords().screens.shell;
  const here = encodeURIComponent(location.pathname);
  return (
    <footer className="foot">
      <div className="in">
        <ul aria-label={footer.links}>
          <li>
            <a href="/privacy" data-element="privacy-policy-link">
              {footer.privacy}
            </a>
          </li>
          <li>
            <a href="/note-legali" data-element="legal-notes">
              {footer.legal}
            </a>
          </li>
          <li>
            <a href="/accessibilita" data-element="accessibility-link">
              {footer.accessibility}
            </a>
          </li>
          <li>
            <a href="/cookie">{footer.cookies}</a>
          </li>
          <li>
            <a href="/sicurezza">{footer.security}</a>
          </li>
          <li>
            <a href="/stato">{footer.status}</a>
          </li>
        </ul>
        <p className="push">
          <a
            href={location.pathname.startsWith("/staff") ? "/assistenza#segnala" : `/aiuto?pagina=${here}`}
            data-element="report-inefficiency"
          >
            {footer.report}
          </a>
        </p>
      </div>
    </footer>
  );
};
