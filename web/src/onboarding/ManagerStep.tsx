import { Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { PersonFields } from "./PersonFields.tsx";
import type { Form } from "./steps.ts";

/** Step 4: who signs. */
export const ManagerStep = ({ form }: { form: Form }) => {
  const { manager: say } = useWords().screens.onboarding;
  return (
    <Sheet title={say.sheet}>
      <div className="body">
        <PersonFields form={form} at="manager" emailHelp={say.emailHelp} />
      </div>
    </Sheet>
  );
};
