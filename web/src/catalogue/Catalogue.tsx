import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useCall } from "../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet } from "../kit/pieces.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { CatalogueWordsProvider, useCatalogueWords } from "./words.tsx";

/** Every product, with its version and what waits on it. */
export const Catalogue = () => (
  <CatalogueWordsProvider>
    <Content />
  </CatalogueWordsProvider>
);

const Content = () => {
  const say = useCatalogueWords();
  const products = useCall(api.catalogue.list, {});
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list} count={products.data?.items.length}>
        {products.isPending ? <Bones what={say.list} rows={5} /> : null}
        {products.isError ? <StaffRefusal error={products.error} retry={() => void products.refetch()} /> : null}
        <ul className="rows people">
          {products.data?.items.map((one) => (
            <li key={one.id}>
              <div>
                <h3>
                  <Link to="/staff/catalogo/$productId" params={{ productId: one.id }}>
                    {one.title}
                  </Link>
                </h3>
                <p className="s muted">
                  <span className="code">{one.id}</span> · {say.version(one.version)}
                </p>
              </div>
              {one.proposed ? (
                <Chip tone="attention">{say.proposed}</Chip>
              ) : (
                <Chip tone={one.state === "active" ? "positive" : "neutral"}>
                  {say.productStates[one.state as "active"]}
                </Chip>
              )}
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
};
