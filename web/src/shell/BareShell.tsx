import type { ReactNode } from "react";
import { Brand } from "./Brand.tsx";
import { Footer } from "./Footer.tsx";
import { PersonBar } from "./PersonBar.tsx";

/** A page without a menu: choosing an institution, an onboarding. */
export const BareShell = ({ beside, children }: { beside?: ReactNode; children: ReactNode }) => (
  <>
    <header>
      <PersonBar />
      <div className={`bar${beside ? " with" : ""}`}>
        <div className="in">
          <Brand />
          {beside}
        </div>
      </div>
    </header>
    <div className="frame bare">
      <main id="contenuto" tabIndex={-1}>
        {children}
      </main>
    </div>
    <Footer />
  </>
);
